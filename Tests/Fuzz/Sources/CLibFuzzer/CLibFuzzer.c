// Declares what libFuzzer defines; see the header.
