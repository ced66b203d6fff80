#include "CFixture.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void c_print(int number) { printf("%d, from printf\n", number); }

void c_write(int count) {
  char line[1024];
  for (int i = 0; i < 1023; i++) line[i] = 'x';
  line[1023] = '\n';
  // As much C code does: nobody looks whether it went well.
  for (int i = 0; i < count; i++) (void)!write(1, line, sizeof line);
}

void c_run(const char *command) { (void)!system(command); }

void c_complain(int number) { fprintf(stderr, "%d, a complaint\n", number); }

void c_crash(void) {
  volatile int *nowhere = (volatile int *)8;
  *nowhere = 1;
}

void c_abort(void) { abort(); }

void c_kill_self(void) { kill(getpid(), SIGKILL); }

void c_raise(int number) { raise(number); }

void c_write_to_all_descriptors(void) {
  for (int file = 3; file < 256; file++) {
    if (write(file, "these are no messages, these are no messages", 44) < 0) continue;
  }
}

void c_truncate_output(void) {
  if (ftruncate(1, 0) != 0) abort();
}

void c_start_stray(int seconds) {
  if (fork() == 0) {
    sleep((unsigned)seconds);
    _exit(0);
  }
}
