import Dispatch
import Foundation
import Synchronization

/// Ctrl-C: what runs is told to end, and ended; nothing is left behind.
///
/// A process that is started here leads a group of its own, so the terminal's signal does not reach it.
enum Interruption {
  private static let running = Mutex<[Process]>([])
  private static let leftovers = Mutex<[URL]>([])
  private static let source = Mutex<[any DispatchSourceSignal]>([])

  /// From now on Ctrl-C ends what was started, then this process with 130.
  static func watch() {
    source.withLock { sources in
      guard sources.isEmpty else { return }
      for number in [SIGINT, SIGTERM] {
        signal(number, SIG_IGN)
        let one = DispatchSource.makeSignalSource(signal: number, queue: .global())
        one.setEventHandler { end() }
        one.resume()
        sources.append(one)
      }
    }
  }

  /// Adds a process that an interruption ends.
  static func add(_ process: Process) { running.withLock { $0.append(process) } }

  /// Forgets a process that has ended.
  static func remove(_ process: Process) { running.withLock { $0.removeAll { $0 === process } } }

  /// Has a folder taken away when an interruption ends the process.
  static func remove(atEnd folder: URL) { leftovers.withLock { $0.append(folder) } }

  /// A lab that is interrupted leaves its old report as it was, and takes its own children along.
  private static func end() {
    let processes = running.withLock { $0 }
    for process in processes where process.isRunning { process.interrupt() }
    for process in processes { process.waitUntilExit() }
    for folder in leftovers.withLock({ $0 }) { try? FileManager.default.removeItem(at: folder) }
    Terminal.clear()
    ExitStatus.interrupted.end()
  }
}
