import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Builds a library for LD_PRELOAD that keeps servers without an option for their address on loopback.
 *
 * It forgets itself at once, because execution daemons hand their environment on to jobs.
 *
 * @returns its path; needs gcc
 */
export function buildLoopbackShim(folder: string): string {
  const [source, library] = [join(folder, 'loopback.c'), join(folder, 'loopback.so')]
  writeFileSync(source, shim)
  execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, source], { stdio: 'pipe' })
  return library
}

const shim = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

__attribute__((constructor)) static void forget(void) { unsetenv("LD_PRELOAD"); }

int bind(int descriptor, const struct sockaddr *address, socklen_t size) {
  int (*plain)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
  struct sockaddr_in four;
  struct sockaddr_in6 six;
  if (address->sa_family == AF_INET && size >= sizeof four) {
    memcpy(&four, address, sizeof four);
    if (four.sin_addr.s_addr == htonl(INADDR_ANY)) four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return plain(descriptor, (struct sockaddr *)&four, sizeof four);
  }
  if (address->sa_family == AF_INET6 && size >= sizeof six) {
    memcpy(&six, address, sizeof six);
    if (memcmp(&six.sin6_addr, &in6addr_any, sizeof in6addr_any) == 0) six.sin6_addr = in6addr_loopback;
    return plain(descriptor, (struct sockaddr *)&six, sizeof six);
  }
  return plain(descriptor, address, size);
}
`
