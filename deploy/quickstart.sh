#!/usr/bin/env bash
# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

# From a clone to a converted ResNet-18, with nothing but JDK 17, Maven and Python 3.11 on the
# machine. What has not changed is neither built nor installed again.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
work=target/quickstart
stamp=$work/built
mkdir -p "$work"

sources=(pom.xml proto/pom.xml proto/src server/pom.xml server/src/main client-python/src
  client-python/{pom.xml,build.py,build-requirements.txt,pyproject.toml})
if [ ! -e "$stamp" ] || ! compgen -G 'client-python/dist/*.whl' >/dev/null ||
  [ -n "$(find "${sources[@]}" -name __pycache__ -prune -o -newer "$stamp" -print -quit)" ]; then
  echo "building the daemon and the wheel"
  mvn -B -q package -Dmaven.test.skip -Dpython="$python" -pl client-python -am
  touch "$stamp"
fi

environment=$("$python" client-python/build.py environment quickstart deploy/quickstart-requirements.txt)
exec "$environment" deploy/quickstart.py "$work"
