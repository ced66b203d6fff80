/// The scripts and the workflow that a course begins with.
extension Course {
  /// What LabKit needs from the system.
  static let setup = """
    #!/bin/sh
    # Installs libpng's headers (zlib's come with them), where they are missing.
    set -eu
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
    # Makes every report anew and says, in Markdown, which numbers, claims and figures moved. Changes the
    # work tree and nothing else: what becomes of the changes is the caller's business.
    #
    #   .ci/regenerate [SUMMARY]    where the summary goes; standard output without it. Empty where
    #                               nothing changed.
    #
    # Ends with the status of `labs update`: 3 where a claim does not hold.
    set -uo pipefail
    cd "$(dirname "$0")/.."
    summary=${1:-/dev/stdout}
    : > "$summary"

    status=0
    swift run labs update || status=$?

    # A report is one thing with its figures: it changed when either did.
    git add --intent-to-add . 2>/dev/null
    git diff --name-only | sed -E 's|_files/[^/]*$|.md|' | grep -E '\.(md|ipynb|html)$' | sort -u |
      while IFS= read -r report; do
        git cat-file -e "HEAD:$report" 2>/dev/null || { printf '### %s\n\nis new.\n\n' "$report" >> "$summary"; continue; }
        [ -f "$report" ] || { printf '### %s\n\nis gone.\n\n' "$report" >> "$summary"; continue; }
        swift run labs diff "HEAD:$report" "$report" >> "$summary" || [ $? = 1 ] || exit 2
        printf '\n' >> "$summary"
      done || status=2
    exit "$status"

    """#

  /// Checks reports of pull requests, and regenerates them on main, weekly and by hand.
  static let workflow = #"""
    # Regenerates the reports: where they changed, a pull request says which numbers moved. On main, the site
    # of everything under docs/ goes to Pages (to be allowed once, in the repository's settings).
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
        runs-on: ubuntu-24.04
        container: swift:6.2-noble
        timeout-minutes: 60
        steps:
          - uses: actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955 # v4.3.0
          - uses: actions/cache@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0
            with:
              path: .build
              key: build-${{ runner.os }}-${{ runner.arch }}-6.2-${{ hashFiles('Package.swift') }}
          - run: .ci/setup
          - run: swift run labs check --artifacts differences
          - uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2
            if: failure()
            with:
              name: differences
              path: differences
              if-no-files-found: ignore
      regenerate:
        if: github.event_name != 'pull_request'
        runs-on: ubuntu-24.04
        container: swift:6.2-noble
        timeout-minutes: 60
        permissions:
          contents: write
          pull-requests: write
        steps:
          - uses: actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955 # v4.3.0
          - uses: actions/cache@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0
            with:
              path: .build
              key: build-${{ runner.os }}-${{ runner.arch }}-6.2-${{ hashFiles('Package.swift') }}
          - run: .ci/setup
          - run: .ci/regenerate "$RUNNER_TEMP/summary.md"
          - run: |
              summary=$RUNNER_TEMP/summary.md
              [ -s "$summary" ] || exit 0
              cat "$summary" >> "$GITHUB_STEP_SUMMARY"
              git switch -c reports/update
              git add -A
              git -c user.name=reports -c user.email=reports@users.noreply.github.com commit -qm "Regenerate the reports"
              git push --force origin reports/update
              gh pr view reports/update --json state -q .state 2>/dev/null | grep -q OPEN ||
                gh pr create --head reports/update --title "Regenerate the reports" --body-file "$summary"
            env:
              GH_TOKEN: ${{ github.token }}
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
              key: build-${{ runner.os }}-${{ runner.arch }}-6.2-${{ hashFiles('Package.swift') }}
          - run: .ci/setup
          - run: git config --global --add safe.directory "$PWD"
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
