#!/usr/bin/env bash
# container.sh ROOT WORKDIR USER MEMORY JAVA_HOME COMMAND...
#
# Runs a command in a file tree as an engine would: with namespaces of its own for mounts and processes (the
# caller unshares them), a root that it cannot write to unless it builds, /tmp in memory, no rights, and the
# memory that it is given, if there is a control group to say so. In the place of the base image stand this
# machine's programs, and the JDK that runs the test.
set -euo pipefail
root=$1 workdir=$2 user=$3 memory=$4 java_home=$5
shift 5

mount --make-rprivate /
mount --bind "$root" "$root"
for directory in usr bin sbin lib lib64 etc; do
  if [ -L "/$directory" ]; then
    [ -L "$root/$directory" ] || cp --archive "/$directory" "$root/$directory"
  elif [ -d "/$directory" ]; then
    mkdir -p "$root/$directory"
    mount --rbind "/$directory" "$root/$directory"
    mount -o remount,bind,ro "$root/$directory"
  fi
done
mkdir -p "$root/proc" "$root/sys" "$root/dev" "$root/tmp" "$root/opt/java/openjdk"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/tmp"
mount --bind "$java_home" "$root/opt/java/openjdk"

if [ "$memory" != none ]; then
  echo 0 >"$memory/cgroup.procs"
fi
export PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export JAVA_HOME=/opt/java/openjdk
if [ "$user" = root ]; then
  exec chroot "$root" bash -c 'cd "$0" && exec "$@"' "$workdir" "$@"
fi
mount -o remount,bind,ro "$root"
exec chroot "$root" setpriv --reuid "${user%:*}" --regid "${user#*:}" --clear-groups --no-new-privs \
  --inh-caps=-all --bounding-set=-all bash -c 'cd "$0" && exec "$@"' "$workdir" "$@"
