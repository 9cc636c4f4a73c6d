# Sets CHROMIUM_PATH to a Chromium or Chrome of this machine. In CI, as root on a Debian system, installs Debian's.
find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  return 1
}

if [ -z "${CHROMIUM_PATH:-}" ]; then
  if ! find_chromium >/dev/null && [ "${CI:-}" = true ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update -q && apt-get install -y -q --no-install-recommends chromium; } >/dev/null 2>&1 || true
  fi
  CHROMIUM_PATH=$(find_chromium || true)
fi
export CHROMIUM_PATH
