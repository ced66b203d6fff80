import Numbers
import Reports
import Testing

struct WeavingTests {
  @Test func `A lab is woven as documented`() throws {
    let lab = Sample.file(
      """
      //: # Lab 10. Padding layer
      //: Padding adds a ring of $p$ zeros.
      import LabKit

      @main
      struct Lab10: Lab {
        @Option(help: "Passes over the training images.")
        var epochs = 2

        func report() throws {
          //: ## Part 1. Padding
          //: Forward, the image is framed.
          var random = SplitMix64(seed: 10)
          let convolution = Conv2D(
            inputChannels: 3, padding: 1,
            using: &random)
          show(convolution.outputShape(for: [2, 3, 4, 5]))

          //| label: fig-loss
          //| fig-cap: "Training loss"
          let loss = Figure("Loss") {
            LineMark(x: steps, y: losses)
          }
          show(loss)
          //: After \\(epochs) epochs the network reads \\(accuracy) of the digits (@fig-loss).
          publish("accuracy", accuracy, as: .percent(decimals: 1))
          claim("better than chance", accuracy, .above(0.5))
        }
      }
      """)
    var recording = Recording()
    func at(_ line: Int) -> Reports.SourceLocation {
      Reports.SourceLocation(fileID: "lab/Lab.swift", line: line)
    }
    recording.record(.parameter(Parameter("epochs", text: "2")))
    recording.record(.show(Shown(.value("2×20×4×5"), at: at(17))))
    let picture = FigureOutput(
      alternativeText: "loss falls from 2.30 to 0.08 over 40 steps", width: 520, height: 320,
      images: [FigureImage(png: [1, 2, 3])])
    recording.record(.show(Shown(.figure(picture), at: at(24))))
    recording.record(
      .publish(Published("accuracy", value: 0.898, format: .percent(decimals: 1), at: at(26))))
    recording.record(
      .show(
        Shown(
          .verdict(
            Verdict(
              "better than chance", measured: "0.898", requirement: "above 0.5", isMet: true,
              mutants: [.init("untrained", measured: "0.103", passes: false)])), at: at(27))))
    let expected = """
      # Lab 10. Padding layer

      <!-- output summary -->

      **✓ 1 claim, it holds.**

      <!-- /output -->

      Padding adds a ring of $p$ zeros.

      ```swift
      import LabKit
      ```

      ## Part 1. Padding
      Forward, the image is framed.

      ```swift
      var random = SplitMix64(seed: 10)
      let convolution = Conv2D(
        inputChannels: 3, padding: 1,
        using: &random)
      show(convolution.outputShape(for: [2, 3, 4, 5]))
      ```

      <!-- output -->

      ```text
      2×20×4×5
      ```

      <!-- /output -->

      ```swift
      let loss = Figure("Loss") {
        LineMark(x: steps, y: losses)
      }
      show(loss)
      ```

      <!-- output fig-loss -->

      <p id="fig-loss"><img src="lab_files/fig-loss.png" width="520" alt="loss falls from 2.30 to 0.08 over 40 steps"></p>

      **Figure 1.** Training loss

      <!-- /output -->

      After 2 epochs the network reads 89.8% of the digits ([Figure 1](#fig-loss)).

      ```swift
      publish("accuracy", accuracy, as: .percent(decimals: 1))
      claim("better than chance", accuracy, .above(0.5))
      ```

      <!-- output -->

      - ✓ **better than chance**: measured 0.898, required above 0.5; rejects *untrained* (0.103).

      <!-- /output -->

      <!-- output provenance -->

      ## Provenance

      | Parameter | Value |
      | :-------- | :---- |
      | `epochs`  | 2     |

      <!-- /output -->

      """
    #expect(difference(try Sample.markdown([lab], recording), expected) == "")
  }
}
