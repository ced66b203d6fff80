// C code that misbehaves on request, for the fixture lab.
#ifndef CFIXTURE_H
#define CFIXTURE_H

/// Prints a line with printf.
void c_print(int number);

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

#endif
