/// The scripts and the workflow that a course begins with.
extension Course {
  /// What LabKit needs from the system.
  static let setup = """
    #!/bin/sh
    # Installs libpng's headers (zlib's come with them), where they are missing.
    set -eu
    # In a container, GitHub's checkout belongs to another user, and git would not look at it.
    if [ "${GITHUB_ACTIONS:-}" = true ]; then
      git config --global --add safe.directory "$(cd "$(dirname "$0")/.." && pwd)"
    fi
    printf '#include <png.h>\\n' | clang -fsyntax-only -x c - >/dev/null 2>&1 && exit 0
    as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
    if command -v apt-get >/dev/null 2>&1; then
      as_root apt-get update -q >&2
      as_root apt-get install -y -q libpng-dev >&2
    elif command -v dnf >/dev/null 2>&1; then
      as_root dnf install -y libpng-devel >&2
    elif command -v brew >/dev/null 2>&1; then
      brew list libpng >/dev/null 2>&1 || brew install libpng >&2
    else
      echo "setup: install the headers of libpng and try again" >&2
      exit 1
    fi

    """

  /// Makes every report anew and says what moved; this package's own script.
  static let regenerate = #"""
    #!/usr/bin/env bash
    # Makes every report under docs/ anew and says, in Markdown, which numbers, claims and figures moved.
    # Changes these reports and nothing else: what becomes of the changes is the caller's business.
    #
    #   .ci/regenerate           the summary goes to standard output; empty where nothing changed
    #   .ci/regenerate FOLDER    FOLDER/summary.md, FOLDER/reports.patch (for .ci/propose), and for each report
    #                            pictures of where its figures differ
    #
    # Ends with the status of `labs update`: 3 where a claim does not hold.
    set -uo pipefail
    cd "$(dirname "$0")/.."
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    changes=${1:-$scratch}
    mkdir -p "$changes"
    : > "$changes/summary.md"

    status=0
    swift run labs update || status=$?

    # New files are to be seen, and the index is to stay as it is: a copy of it is told of them.
    cp "$(git rev-parse --git-path index)" "$scratch/index" 2>/dev/null
    changed() { GIT_INDEX_FILE=$scratch/index git -c core.quotePath=false diff "$@" -- docs; }
    GIT_INDEX_FILE=$scratch/index git add --intent-to-add docs 2>/dev/null
    changed --binary > "$changes/reports.patch"

    # A report is one thing with its figures: it changed when either did.
    changed --name-only | sed -nE 's|_files/[^/]*$|.md|; /\.(md|ipynb|html)$/p' | sort -u |
      while IFS= read -r report; do
        git cat-file -e "HEAD:$report" 2>/dev/null || { printf '### %s\n\nis new.\n\n' "$report"; continue; }
        [ -f "$report" ] || { printf '### %s\n\nis gone.\n\n' "$report"; continue; }
        # Pictures lie beside the summary, and where it is shown nothing leads to them.
        swift run labs diff "HEAD:$report" "$report" --artifacts "$changes/${report//\//-}" |
          grep -v '^!\[where '
        [ "${PIPESTATUS[0]}" -le 1 ] || exit 2
        printf '\n'
      done >> "$changes/summary.md" || status=2
    [ "$#" -gt 0 ] || cat "$changes/summary.md"
    exit "$status"

    """#

  /// Proposes what was made anew; this package's own script.
  static let propose = #"""
    #!/usr/bin/env bash
    # Proposes what `.ci/regenerate FOLDER` made anew: a pull request with its summary, or a commit.
    #
    #   .ci/propose FOLDER
    #
    # REPORTS_AS=commit commits to the branch at hand. Without it, `gh` opens a pull request from the branch
    # reports/update, or renews the one that is open. Does nothing where nothing changed. Runs no lab: it may
    # write to the repository, and what runs labs may not.
    set -euo pipefail
    cd "$(dirname "$0")/.."
    fail() { printf '.ci/propose: %s\n' "$1" >&2; exit 2; }
    changes=${1:?the folder that .ci/regenerate filled}
    as=${REPORTS_AS:-pull-request}
    case $as in commit | pull-request) ;; *) fail "REPORTS_AS is commit or pull-request, not '$as'" ;; esac
    [ -f "$changes/summary.md" ] || fail "$changes has no summary.md; .ci/regenerate $changes makes it"

    if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$changes/summary.md" >> "$GITHUB_STEP_SUMMARY"; fi
    [ -s "$changes/reports.patch" ] || { echo "no report changed"; exit 0; }

    base=$(git symbolic-ref --short HEAD)
    if [ "$as" = pull-request ]; then git switch -q -C reports/update; fi
    git apply --index --whitespace=nowarn --include='docs/*' "$changes/reports.patch"
    git -c user.name=reports -c user.email=reports@users.noreply.github.com \
      commit -qm "Regenerate the reports"
    if [ "$as" = commit ]; then
      git push -q origin "HEAD:$base"
      exit
    fi

    # The branch is this script's own: what an earlier run proposed gives way.
    git push -q --force origin reports/update
    body=$(mktemp)
    trap 'rm -f "$body"' EXIT
    head -c 60000 "$changes/summary.md" > "$body" # GitHub takes 65,536 characters
    if [ "$(gh pr view reports/update --json state -q .state 2>/dev/null)" = OPEN ]; then
      gh pr edit reports/update --body-file "$body"
    else
      gh pr create --base "$base" --head reports/update --title "Regenerate the reports" --body-file "$body"
    fi

    """#

  /// Checks reports of pull requests, and regenerates them on main, weekly and by hand.
  static let workflow = #"""
    # Checks the reports of a pull request on three machines; on main, weekly and by hand makes them anew, and
    # proposes what changed with a summary of which numbers moved. The site of everything under docs/ goes to
    # Pages (to be allowed once, in the repository's settings).
    #
    # Every step is an action, or a call of a script or of labs, so that all of it can be run anywhere.
    name: Reports
    on:
      push:
        branches: [main]
      schedule:
        - cron: "17 4 * * 1"
      workflow_dispatch:
      pull_request:
    permissions:
      contents: read
    concurrency:
      group: ${{ github.workflow }}-${{ github.ref }}
      cancel-in-progress: true
    jobs:
      check:
        if: github.event_name == 'pull_request'
        name: check (${{ matrix.name }})
        runs-on: ${{ matrix.machine }}
        container: ${{ matrix.container }}
        # LabKit has not been seen to run on these machines yet; what they find does not stop anybody.
        continue-on-error: ${{ matrix.unseen }}
        timeout-minutes: 60
        strategy:
          fail-fast: false
          matrix:
            include:
              - name: Linux x86-64
                machine: ubuntu-24.04
                container: swift:6.2-noble
                unseen: false
              - name: Linux arm64
                machine: ubuntu-24.04-arm
                container: swift:6.2-noble
                unseen: true
              - name: macOS
                machine: macos-26
                container: ""
                unseen: true
        steps:
          - uses: actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955 # v4.3.0
          - uses: actions/cache@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0
            with:
              path: .build
              key: build-${{ matrix.machine }}-${{ matrix.container }}-${{ hashFiles('Package.swift') }}
          - run: .ci/setup
          - run: swift run labs check --artifacts differences
          - uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2
            if: failure()
            with:
              name: differences (${{ matrix.name }})
              path: differences
              if-no-files-found: ignore
      # Runs the labs, and may write nothing.
      regenerate:
        if: github.event_name != 'pull_request'
        runs-on: ubuntu-24.04
        container: swift:6.2-noble
        timeout-minutes: 60
        steps:
          - uses: actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955 # v4.3.0
          - uses: actions/cache@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0
            with:
              path: .build
              key: build-ubuntu-24.04-swift:6.2-noble-${{ hashFiles('Package.swift') }}
          - run: .ci/setup
          - run: .ci/regenerate changes
          - uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2
            if: always()
            with:
              name: changes
              path: changes
              if-no-files-found: ignore
      # May write, and runs no lab. A claim that no longer holds is proposed as well: the summary says so.
      propose:
        needs: regenerate
        if: always() && needs.regenerate.result != 'skipped' && needs.regenerate.result != 'cancelled'
        runs-on: ubuntu-24.04
        timeout-minutes: 10
        permissions:
          contents: write
          pull-requests: write
        steps:
          - uses: actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955 # v4.3.0
          - uses: actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0
            with:
              name: changes
              path: changes
          - run: .ci/propose changes
            env:
              GH_TOKEN: ${{ github.token }}
              REPORTS_AS: ${{ vars.REPORTS_AS }}
      pages:
        if: github.event_name != 'pull_request' && github.ref == 'refs/heads/main'
        runs-on: ubuntu-24.04
        container: swift:6.2-noble
        timeout-minutes: 60
        permissions:
          contents: read
          pages: write
          id-token: write
        environment:
          name: github-pages
        steps:
          - uses: actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955 # v4.3.0
          - uses: actions/cache@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0
            with:
              path: .build
              key: build-ubuntu-24.04-swift:6.2-noble-${{ hashFiles('Package.swift') }}
          - run: .ci/setup
          - run: .ci/site --output site
          - uses: actions/upload-pages-artifact@56afc609e74202658d3ffba0e8f6dda462b719fa # v3.0.1
            with:
              path: site
          - uses: actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5

    """#

  /// Makes the site; this package's own script.
  static let site = #"""
    #!/usr/bin/env bash
    # Makes the site of everything under docs/: .ci/site [OPTIONS OF LABS SITE]
    #
    # Installs pandoc where it is missing. Ends with 1 where a link of the site leads nowhere.
    set -euo pipefail
    cd "$(dirname "$0")/.."
    as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
    if ! command -v pandoc >/dev/null 2>&1; then
      if command -v apt-get >/dev/null 2>&1; then
        as_root apt-get update -q >&2
        as_root apt-get install -y -q pandoc >&2
      elif command -v brew >/dev/null 2>&1; then
        brew install pandoc >&2
      fi
    fi
    swift run labs site "$@"

    """#
}
