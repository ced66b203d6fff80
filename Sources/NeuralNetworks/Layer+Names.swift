import Requirements
import Tensors

extension Layer {
  /// Parameters and state, each with its name.
  ///
  /// Traps where some have no name, or names no tensor: a file of them would lack what trains.
  var namedTensors: [(name: String, tensor: Tensor)] {
    let (parameters, state) = (parameters, state)
    let (parameterNames, stateNames) = (parameterNames, stateNames)
    for (what, property, tensors, names) in [
      ("parameters", "parameterNames", parameters.count, parameterNames),
      ("tensors of state", "stateNames", state.count, stateNames),
    ] {
      require(
        tensors == names.count,
        "\(name) has \(tensors) \(what) and \(names.count) names for them: its \(property) are "
          + "\(names)")
    }
    return Swift.zip(parameterNames + stateNames, parameters + state).map { (name: $0, tensor: $1) }
  }

  /// The same for a file, where two tensors of one name would be one.
  var distinctlyNamedTensors: [(name: String, tensor: Tensor)] {
    let tensors = namedTensors
    var seen: Set<[UInt8]> = []
    for (tensorName, _) in tensors {
      require(
        seen.insert(Array(tensorName.utf8)).inserted,
        "\(name) has two tensors of the name \(tensorName), and a file holds one of a name: a layer "
          + "that holds layers puts a name of each before their names")
    }
    return tensors
  }
}
