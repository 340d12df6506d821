#!/usr/bin/env python3
"""Writes Parquet fixtures of activation-service. Usage: make_parquet.py OUT_DIR (made with pyarrow 26.0.1, pillow 13.0.0)

hf.parquet      the layout of Hugging Face datasets: image {bytes, path}, label with its names in the metadata; zstd; one row
                without a label (-1), one without bytes, one whose bytes are no image; two row groups
text.parquet    image as plain bytes, label as text; snappy
list.parquet    path and label only; uncompressed
gzip.parquet    compressed in a way that is not read
"""
import io
import json
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)


def png(size):
    data = io.BytesIO()
    Image.new("RGB", (size, size), (10 * size, 0, 0)).save(data, "png")
    return data.getvalue()


image = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
rows = [{"bytes": png(i + 1), "path": f"{i}.png"} for i in range(6)]
rows[3]["path"] = None
rows[4]["bytes"] = None
rows[5]["bytes"] = b"no image"
features = {"image": {"_type": "Image"}, "label": {"names": ["cat", "dog"], "_type": "ClassLabel"}}
schema = pa.schema([("image", image), ("label", pa.int64()), ("split", pa.string())],
                   {"huggingface": json.dumps({"info": {"features": features}})})
table = pa.table({"image": pa.array(rows, image), "label": [0, 1, -1, 1, 0, 0], "split": ["x"] * 6}, schema)
pq.write_table(table, out / "hf.parquet", compression="zstd", row_group_size=4)
plain = pa.table({"image": [png(1), png(2)], "label": ["a", "b"]})
pq.write_table(plain, out / "text.parquet", compression="snappy")
pq.write_table(plain, out / "gzip.parquet", compression="gzip")
pq.write_table(pa.table({"path": ["one.png", "two.png"], "label": pa.array([7, 8], pa.int32())}), out / "list.parquet", compression="none")
