// The one import of a lab: everything that a lab works with comes along.
@_exported public import ArgumentParser
@_exported public import Datasets
@_exported public import NeuralNetworks
@_exported public import Plotting
@_exported public import Raster
@_exported public import Reports
@_exported public import Tensors
