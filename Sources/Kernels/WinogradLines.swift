internal import KernelInterface

// What the products of a run fetch into the cache meanwhile, a line of memory now and then: the next
// run's patches and gradients, and the places of this run's outputs. They come from far away. Without
// this they are waited for, which takes longer than the transforms; and of many asked for at once
// many do not come.

/// How many lines the products of four output channels fetch: places of outputs, then patches, and
/// where those are of a pooled image its winners.
typealias TileLines = (outputs: Int, patches: Int, winners: Int)

/// Lists the lines that the products of the first four output channels fetch: all that there is room
/// for, then one that is in the cache anyway.
func listLines(_ job: TileJob) -> TileLines {
  let room = unsafe 24 &* job.channels
  var count = 0
  for tile in unsafe job.tiles {
    let tileRow = unsafe tile / job.tileColumns
    let tileColumn = unsafe tile &- tileRow &* job.tileColumns
    for o in unsafe 0..<min(4, job.outputs) {
      if unsafe job.winners != nil {
        let width = unsafe job.width / 2
        let place = unsafe (o &* (job.height / 2) &+ 2 &* tileRow) &* width &+ tileColumn
        unsafe count = list(job.lines, job.output + place, width, 0, 1, 2, count, room)
        continue
      }
      let place = unsafe (o &* job.height &+ 4 &* tileRow) &* job.width &+ 2 &* tileColumn
      unsafe count = list(job.lines, job.output + place, job.width, 0, 2, 4, count, room)
      if let mask = unsafe job.mask {
        unsafe count = list(job.lines, mask + place, job.width, 0, 2, 4, count, room)
      }
    }
  }
  let outputs = count
  if let next = unsafe job.next {
    unsafe count = list(job.lines, next, 0..<channelsPerFour(job, next), count, room)
  }
  let patches = count &- outputs
  if let next = unsafe job.next, let winners = unsafe next.winners {
    unsafe count = list(job.lines, winners, next, 0..<channelsPerFour(job, next), count, room)
  }
  let winners = count &- outputs &- patches
  while count < room {
    unsafe job.lines[count] = UnsafeRawPointer(job.patches)
    count &+= 1
  }
  return (outputs, patches, winners)
}

/// Moves the lines on by four output channels, and the patches by their share of the input's: to
/// list them anew took as long as a product does. Behind the last channel they fetch what nobody
/// needs, and read nothing.
func moveLines(_ job: TileJob, _ lines: TileLines) {
  let size = MemoryLayout<Lanes>.size
  let step = unsafe (job.winners == nil ? 4 : 1) &* job.height &* job.width &* size
  for i in 0..<lines.outputs { unsafe job.lines[i] += step }
  guard let next = unsafe job.next else { return }
  let area = unsafe next.height &* next.width
  let patchStep = unsafe channelsPerFour(job, next) &* (next.winners == nil ? area : area / 4)
  let patchesEnd = lines.outputs &+ lines.patches
  for i in lines.outputs..<patchesEnd { unsafe job.lines[i] += patchStep &* size }
  for i in patchesEnd..<patchesEnd &+ lines.winners { unsafe job.lines[i] += patchStep &* 16 }
}

/// The channels are dealt out among the fours of outputs.
private func channelsPerFour(_ job: TileJob, _ next: PatchJob) -> Int {
  let fours = unsafe (job.outputs &+ 3) / 4
  return unsafe (next.channels &+ fours &- 1) / fours
}

/// Lists the lines of the next run's patches and gradients.
///
/// - Returns: How many lines are listed.
func listLines(_ job: WeightSumJob) -> Int {
  let room = unsafe job.lineRoom
  var count = 0
  if let next = unsafe job.nextGradients, let winners = unsafe next.winners {
    let width = unsafe next.width / 2
    let area = unsafe next.height / 2 &* width
    for tile in unsafe next.tiles {
      let tileRow = unsafe tile / next.tileColumns
      let place = unsafe 2 &* tileRow &* width &+ (tile &- tileRow &* next.tileColumns)
      for channel in unsafe 0..<next.channels {
        let start = channel &* area &+ place
        unsafe count = list(job.lines, next.gradient + start, width, 0, 1, 2, count, room)
        // Four windows' winners are a line.
        if start & 3 == 0 {
          unsafe count = list(job.lines, winners, start, width, 2, count, room)
        }
      }
    }
  } else if let next = unsafe job.nextGradients {
    let area = unsafe next.height &* next.width
    for tile in unsafe next.tiles {
      let tileRow = unsafe tile / next.tileColumns
      let tileColumn = unsafe tile &- tileRow &* next.tileColumns
      let place = unsafe next.gradient + (4 &* tileRow &* next.width &+ 2 &* tileColumn)
      for channel in unsafe 0..<next.channels {
        unsafe count = list(
          job.lines, place + channel &* area, next.width, 0, 2, 4, count, room)
      }
    }
  }
  if let next = unsafe job.nextPatches {
    unsafe count = list(job.lines, next, 0..<next.channels, count, room)
  }
  return count
}

/// Lists some channels of a run of patches; returns how many lines are listed now.
private func list(
  _ lines: UnsafeMutablePointer<UnsafeRawPointer>, _ job: PatchJob, _ channels: Range<Int>,
  _ listed: Int, _ room: Int
) -> Int {
  var count = listed
  for tile in unsafe job.tiles {
    let tileRow = unsafe tile / job.tileColumns
    let tileColumn = unsafe tile &- tileRow &* job.tileColumns
    // The tile before has fetched the first two columns.
    let column = tileColumn == 0 ? 0 : 2
    let (y, x) = unsafe (job.top &+ 4 &* tileRow, job.left &+ 2 &* tileColumn)
    if unsafe job.winners != nil {
      let width = unsafe job.width / 2
      let column = tileColumn == 0 ? 0 : 2
      for channel in channels {
        let place = unsafe (channel &* (job.height / 2) &+ y >> 1) &* width &+ x >> 1
        unsafe count = list(lines, job.input + place, width, column, 3, 4, count, room)
      }
      continue
    }
    for channel in channels {
      let place = unsafe (channel &* job.height &+ y) &* job.width &+ x
      unsafe count = list(lines, job.input + place, job.width, column, 4, 6, count, room)
    }
  }
  return count
}

/// Lists the winners of some channels of a run of patches of a pooled image.
private func list(
  _ lines: UnsafeMutablePointer<UnsafeRawPointer>, _ winners: UnsafePointer<UInt8>, _ job: PatchJob,
  _ channels: Range<Int>, _ listed: Int, _ room: Int
) -> Int {
  var count = listed
  let width = unsafe job.width / 2
  for tile in unsafe job.tiles {
    let tileRow = unsafe tile / job.tileColumns
    let tileColumn = unsafe tile &- tileRow &* job.tileColumns
    let (y, x) = unsafe (job.top &+ 4 &* tileRow, job.left &+ 2 &* tileColumn)
    for channel in channels {
      let place = unsafe (channel &* (job.height / 2) &+ y >> 1) &* width &+ x >> 1 &+ 2
      if place & 3 == 0 { unsafe count = list(lines, winners, place, width, 4, count, room) }
    }
  }
  return count
}

/// Lists the winners of some windows below one another.
@inline(__always)
private func list(
  _ lines: UnsafeMutablePointer<UnsafeRawPointer>, _ winners: UnsafePointer<UInt8>, _ place: Int,
  _ width: Int, _ rows: Int, _ listed: Int, _ room: Int
) -> Int {
  var count = listed
  for v in 0..<rows where count < room {
    unsafe lines[count] = UnsafeRawPointer(winners + 16 &* (place &+ v &* width))
    count &+= 1
  }
  return count
}

/// Lists a patch of vectors, each a line; returns how many lines are listed now. Lines outside the
/// image are no harm: nothing is read.
@inline(__always)
private func list(
  _ lines: UnsafeMutablePointer<UnsafeRawPointer>, _ patch: UnsafePointer<Lanes>, _ width: Int,
  _ column: Int, _ columns: Int, _ rows: Int, _ listed: Int, _ room: Int
) -> Int {
  var count = listed
  for v in 0..<rows {
    for u in column..<columns where count < room {
      unsafe lines[count] = UnsafeRawPointer(patch + (v &* width &+ u))
      count &+= 1
    }
  }
  return count
}
