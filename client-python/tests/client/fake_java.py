# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""A Java that is none: it starts the daemon's protocol, and then does what a test wants."""

from __future__ import annotations

import sys
from pathlib import Path

PROGRAM = f"""#!{sys.executable}
import json, os, sys, time
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
token = sys.stdin.readline()
seen = {{"argv": sys.argv[1:], "token": token, "environment": dict(os.environ)}}
with open({{folder!r}} + "/seen.jsonl", "a") as out:
    out.write(json.dumps(seen) + "\\n")
if "--once" in sys.argv:
    sys.exit()
"""

LISTENS = """
from client.fake_server import serving, well
with serving(well) as server:
    print("listening on", server.address, flush=True)
    sys.stdin.read()
"""


def made(folder: Path, behaviour: str = LISTENS, version: str = "25.0.1") -> Path:
    """Makes it below a folder, as a Java home is laid out; the program is returned."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(PROGRAM.replace("{folder!r}", repr(str(folder))) + behaviour)
    program.chmod(0o755)
    (folder / "release").write_text(f'IMPLEMENTOR="Nobody"\nJAVA_VERSION="{version}"\n')
    return program
