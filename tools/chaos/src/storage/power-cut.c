/*
 * A library to preload (LD_PRELOAD): keeps beside a directory an image of what a power cut would
 * leave of it. A page of 4 KiB gets into the image when its file is synced, and not before. A sync
 * that fails drops the pages: they stay readable, count as clean, and no later sync writes them.
 * What a process left unsynced is dropped as well. Directories and names are durable at once. Only
 * files directly in the directory are kept: those of folders in it are lost.
 *
 * POWER_CUT_DISK   the directory
 * POWER_CUT_IMAGE  the image; it has to be there
 * POWER_CUT_FAIL   while this file is there, the next sync of a file whose name ends as the text in it
 *                  says fails with EIO, and the file is removed
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGE 4096
#define FILES 64
#define FDS 4096
#define NAME 256

struct file {
  char name[NAME];
  unsigned char *dirty; /* a byte a page */
  size_t pages;
};

static struct file files[FILES];
static struct file *opened[FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name, type, ...)                                     \
  static type (*real)(__VA_ARGS__);                               \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static int real_open(const char *path, int flags, mode_t mode) {
  REAL(open, int, const char *, int, ...);
  return real(path, flags, mode);
}

static ssize_t real_pwrite(int fd, const void *bytes, size_t size, off_t at) {
  REAL(pwrite, ssize_t, int, const void *, size_t, off_t);
  return real(fd, bytes, size, at);
}

static const char *name_in_disk(const char *path) {
  const char *disk = getenv("POWER_CUT_DISK");
  size_t length = disk ? strlen(disk) : 0;
  if (!length || strncmp(path, disk, length) || path[length] != '/') return NULL;
  const char *name = path + length + 1;
  return strchr(name, '/') ? NULL : name;
}

static void path_in_image(char *path, const char *name) {
  snprintf(path, 2 * NAME, "%s/%s", getenv("POWER_CUT_IMAGE"), name);
}

static struct file *file_of(const char *name) {
  for (int n = 0; n < FILES; n += 1) {
    if (!files[n].name[0]) strncpy(files[n].name, name, NAME - 1);
    if (!strcmp(files[n].name, name)) return &files[n];
  }
  abort();
}

static void note_opened(int fd, const char *path) {
  const char *name = name_in_disk(path);
  struct stat stat;
  if (!name || fd < 0 || fd >= FDS || fstat(fd, &stat) || S_ISDIR(stat.st_mode)) return;
  pthread_mutex_lock(&lock);
  opened[fd] = file_of(name);
  pthread_mutex_unlock(&lock);
}

static void note_written(int fd, off_t at, ssize_t size) {
  if (size <= 0 || fd < 0 || fd >= FDS || !opened[fd]) return;
  pthread_mutex_lock(&lock);
  struct file *file = opened[fd];
  size_t end = (at + size - 1) / PAGE + 1;
  if (end > file->pages) {
    file->dirty = realloc(file->dirty, 2 * end);
    memset(file->dirty + file->pages, 0, 2 * end - file->pages);
    file->pages = 2 * end;
  }
  memset(file->dirty + at / PAGE, 1, end - at / PAGE);
  pthread_mutex_unlock(&lock);
}

static int is_to_fail(const struct file *file) {
  const char *order = getenv("POWER_CUT_FAIL");
  char ending[NAME] = "";
  int fd = order ? real_open(order, O_RDONLY, 0) : -1;
  if (fd < 0) return 0;
  ssize_t size = read(fd, ending, NAME - 1);
  close(fd);
  size_t length = strlen(file->name);
  if (size <= 0 || (size_t)size > length || strcmp(file->name + length - size, ending)) return 0;
  return !unlink(order);
}

/* Brings the dirty pages into the image, or drops them. */
static int note_synced(int fd) {
  if (fd < 0 || fd >= FDS || !opened[fd]) return 0;
  pthread_mutex_lock(&lock);
  struct file *file = opened[fd];
  int fails = is_to_fail(file);
  if (!fails) {
    char path[2 * NAME], page[PAGE];
    struct stat stat;
    path_in_image(path, file->name);
    int image = real_open(path, O_RDWR | O_CREAT, 0600);
    for (size_t n = 0; n < file->pages; n += 1) {
      if (!file->dirty[n]) continue;
      ssize_t size = pread(fd, page, PAGE, (off_t)n * PAGE);
      if (size > 0 && real_pwrite(image, page, size, (off_t)n * PAGE) != size) abort();
    }
    if (fstat(fd, &stat) || ftruncate(image, stat.st_size)) abort();
    close(image);
  }
  if (file->pages) memset(file->dirty, 0, file->pages);
  pthread_mutex_unlock(&lock);
  if (fails) errno = EIO;
  return fails ? -1 : 0;
}

#define OPEN(name)                                        \
  int name(const char *path, int flags, ...) {            \
    va_list more;                                         \
    va_start(more, flags);                                \
    mode_t mode = flags & O_CREAT ? va_arg(more, int) : 0; \
    va_end(more);                                         \
    int fd = real_open(path, flags, mode);                \
    note_opened(fd, path);                                \
    return fd;                                            \
  }
OPEN(open)
OPEN(open64)

#define PWRITE(name)                                                     \
  ssize_t name(int fd, const void *bytes, size_t size, off_t at) {       \
    ssize_t written = real_pwrite(fd, bytes, size, at);                  \
    note_written(fd, at, written);                                       \
    return written;                                                      \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t write(int fd, const void *bytes, size_t size) {
  REAL(write, ssize_t, int, const void *, size_t);
  ssize_t written = real(fd, bytes, size);
  if (fd >= 0 && fd < FDS && opened[fd]) note_written(fd, lseek(fd, 0, SEEK_CUR) - written, written);
  return written;
}

#define SYNC(name)                           \
  int name(int fd) {                         \
    REAL(name, int, int);                    \
    return note_synced(fd) ? -1 : real(fd);  \
  }
SYNC(fsync)
SYNC(fdatasync)

int close(int fd) {
  REAL(close, int, int);
  if (fd >= 0 && fd < FDS) opened[fd] = NULL;
  return real(fd);
}

int unlink(const char *path) {
  REAL(unlink, int, const char *);
  const char *name = name_in_disk(path);
  char image[2 * NAME];
  if (name) {
    path_in_image(image, name);
    real(image);
    pthread_mutex_lock(&lock);
    struct file *file = file_of(name);
    if (file->pages) memset(file->dirty, 0, file->pages);
    pthread_mutex_unlock(&lock);
  }
  return real(path);
}
