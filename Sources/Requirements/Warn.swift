internal import SystemCalls

/// Says a sentence on standard error and goes on: for what is no mistake of anybody's and yet must
/// not pass in silence, such as a training that turned NaN. Nobody is helped when the sentence cannot be
/// written: then nothing happens.
public func warn(_ sentence: String) {
  let line = sentence + "\n"
  _ = unsafe line.withCString { unsafe write(2, $0, line.utf8.count) }
}
