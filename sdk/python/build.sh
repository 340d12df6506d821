#!/bin/sh
# Generates the Python client out of docs/openapi.json into sdk/python/target/python.
set -eu
cd "$(dirname "$0")/../.."
rm -rf sdk/python/target
./taxoscope mvn -q -B -pl sdk -Psdk-python openapi-generator:generate@python
echo "generated; install it with: python -m pip install sdk/python/target/python"
