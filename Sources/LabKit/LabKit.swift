// The one import of a lab: everything that a lab works with comes along.
@_exported public import ArgumentParser
@_exported public import Datasets
@_exported public import ElementaryFunctions
@_exported public import NeuralNetworks
@_exported public import Numbers
@_exported public import Plotting
@_exported public import Raster
@_exported public import Reports
@_exported public import Statistics
public import SystemCalls
@_exported public import Tensors

/// A data file that a data set was read from; `Reports.DataSource` is how provenance records it.
public typealias DataSource = Datasets.DataSource

/// What is wrong with a file, as data sets and reports throw it.
public typealias FileError = SystemCalls.FileError
