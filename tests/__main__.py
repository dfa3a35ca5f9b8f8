"""Runs every check of the project: `python -m tests`. Arguments go to pytest."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHECKS = (
    ("lint", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("types", ["-m", "mypy"]),
    ("import directions", ["-c", "from importlinter.cli import lint_imports_command as go; go()"]),
    ("tests", ["-m", "pytest", "-n", str(min(8, 2 * (os.cpu_count() or 1)))]),  # many only wait
)


def main() -> int:
    failed = []
    for name, arguments in CHECKS:
        print(f"== {name}", flush=True)
        extra = sys.argv[1:] if name == "tests" else []
        if subprocess.run([sys.executable, *arguments, *extra], cwd=ROOT, check=False).returncode:
            failed.append(name)
    print(f"== failed: {', '.join(failed)}" if failed else "== all checks passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
