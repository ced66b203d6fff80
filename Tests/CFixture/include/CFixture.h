// C code that misbehaves on request, for the fixture lab.
#ifndef CFIXTURE_H
#define CFIXTURE_H

/// Prints a line with printf.
void c_print(int number);

/// Writes lines of 1,024 bytes past the C library, and does not look whether they were taken.
void c_write(int count);

/// Has a shell run a command.
void c_run(const char *command);

/// Prints a line on standard error.
void c_complain(int number);

/// Touches memory that is not there.
void c_crash(void);

/// Aborts.
void c_abort(void);

/// Ends the process as a signal from outside would.
void c_kill_self(void);

/// Starts a process that lives for some seconds unless somebody ends it.
void c_start_stray(int seconds);

/// Raises a signal, as `abort` raises SIGABRT: no instruction is at fault, so a handler that returns
/// lets the program go on.
void c_raise(int number);

/// Writes bytes that are no messages to every descriptor above the standard streams.
void c_write_to_all_descriptors(void);

/// Cuts off what stands on standard output so far.
void c_truncate_output(void);

#endif
