import LabKit

/// Shows something from a file that no report weaves.
func helper(_ text: String) { show(text) }
