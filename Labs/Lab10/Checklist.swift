import LabKit

extension Lab10 {
  func checklist() {
    //: ## Debugging a training run: a checklist
    //:
    //: Drawn from what happened here; it starts at the measurement and works inwards.
    //:
    //: 1. **Measure the measurement.** Feed the evaluation an answer that you know: the labels
    //:    themselves must score 100%. This one could not pass \(oracle)
    //:    ([the evaluation](#first-cause-the-evaluation)).
    //: 2. **Look at shapes where arrays meet.** A batch taken for one image, a batch compared with its
    //:    first item, a kernel in another layout: each time the shapes fitted by chance, or NumPy made
    //:    them fit. Use sizes that all differ.
    //: 3. **Check every gradient by itself** against finite differences and a reference, before anything
    //:    is trained; with more channels than one and kernels larger than one
    //:    ([what hides a fault](#what-the-old-backward-pass-did)).
    //: 4. **Compare absolute errors, of all elements, against a tolerance that is small beside the
    //:    numbers**, and show the check a wrong result that it must reject. One that cannot fail proves
    //:    nothing ([why the notebook did not notice](#why-the-notebook-did-not-notice)).
    //: 5. **Know the loss of guessing and the least loss.** With ten classes guessing costs
    //:    \(guessing). Cross-entropy can come as near to 0 as you like; this loss could not fall below
    //:    \(floor).
    //: 6. **Feed a batch in which every image stands twice.** The gradient of a mean stays what it was;
    //:    that of a sum doubles.
    //: 7. **Watch the largest logit.** It tells of steps that are too long: it grew to \(logitAfter) in the
    //:    notebook's training, and to \(logitRepaired) in the repaired one
    //:    ([the loss](#second-cause-the-gradient-of-the-loss)).
    //: 8. **Repair one thing at a time, but judge all of it.** Some right repairs make the accuracy worse
    //:    as long as another fault is there (\(falling); [one cause at a time](#one-cause-at-a-time)).
    //: 9. **Run several seeds**, and say how many and how far they scatter. TensorFlow's gradient
    //:    descent read most digits from \(theirMost) of \(theirSeeds) seeds, and \(theirWorst) from the
    //:    unluckiest ([the TensorFlow analogue](#the-tensorflow-analogue)).
    //: 10. **Only then blame the model.**
  }
}
