#!/usr/bin/env python3
"""Writes the image fixtures of core/vision and what Pillow makes of them.

Usage: make_image_fixtures.py OUT_DIR   (needs pillow, numpy and transformers; made with pillow 13.0.0, libjpeg-turbo 3.2.0,
transformers 5.23.0)

decode/NAME.EXT   a small picture; decode/NAME.EXT.rgb is WIDTH HEIGHT as two little-endian int32 and then the RGB bytes of
                  Image.open(f).convert('RGB')
crop_floor/        the same as crop/ by the center_crop of transformers
resize/source.png the picture that is resized; resize/FILTER_WxH.rgb, and crop/SIZE_W_H.rgb by torchvision's Resize(SIZE) and
                  CenterCrop((H, W)) rules with bicubic
"""
import pathlib
import struct
import sys
import zlib

import numpy as np
from PIL import Image, ImageOps
from transformers.image_transforms import center_crop

out = pathlib.Path(sys.argv[1])
rng = np.random.default_rng(20261122)


def picture(width, height, channels=3):
    """Gradients with noise and a hard edge: smooth for JPEG, with overshoot for the kernels."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [127 + 100 * np.sin(x / (5 + 3 * c) + y / (9 - 2 * c)) for c in range(channels)]
    image = np.stack(planes, -1) + rng.normal(0, 12, (height, width, channels))
    image[height // 3: height // 2, width // 4: width // 2] = 255
    return np.clip(image, 0, 255).astype(np.uint8)


def write_rgb(path, image):
    image = image.convert("RGB")
    path.write_bytes(struct.pack("<ii", *image.size) + image.tobytes())


def decode(name, image, **options):
    path = out / "decode" / name
    image.save(path, **options)
    write_rgb(path.with_name(name + ".rgb"), Image.open(path))


def png(name, samples, depth, color_type):
    """A PNG of integer samples [height, width, channels] of 2, 4 or 16 bits, which Pillow reads but does not write."""
    height, width, channels = samples.shape
    if depth == 16:
        rows = [row.astype(">u2").tobytes() for row in samples]
    else:
        bits = np.unpackbits(samples.astype(np.uint8)[..., None], axis=-1)[..., -depth:].reshape(height, -1)
        rows = [np.packbits(row).tobytes() for row in bits]

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, 0)
    path = out / "decode" / name
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
                     + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows))) + chunk(b"IEND", b""))
    write_rgb(path.with_name(name + ".rgb"), Image.open(path))


def resize_shortest(image, size):
    width, height = image.size
    short, long = min(width, height), max(width, height)
    new_long = int(size * long / short)
    return image.resize((size, new_long) if width <= height else (new_long, size), Image.BICUBIC)


def transformers_resize_and_crop(image, size, crop_width, crop_height):
    return Image.fromarray(center_crop(np.array(resize_shortest(image, size)), (crop_height, crop_width)))


def torchvision_resize_and_crop(image, size, crop_width, crop_height):
    image = resize_shortest(image, size)
    width, height = image.size
    if crop_width > width or crop_height > height:
        pad_x, pad_y = max(0, crop_width - width), max(0, crop_height - height)
        image = ImageOps.expand(image, (pad_x // 2, pad_y // 2, (pad_x + 1) // 2, (pad_y + 1) // 2), fill=0)
        width, height = image.size
    left, top = int(round((width - crop_width) / 2.0)), int(round((height - crop_height) / 2.0))
    return image.crop((left, top, left + crop_width, top + crop_height))


for folder in ("decode", "resize", "crop", "crop_floor"):
    (out / folder).mkdir(parents=True, exist_ok=True)
rgb = Image.fromarray(picture(37, 29))
grey = rgb.convert("L")
decode("rgb_420.jpg", rgb, quality=85, subsampling=2)
decode("rgb_422.jpg", rgb, quality=85, subsampling=1)
decode("rgb_444.jpg", rgb, quality=95, subsampling=0)
decode("rgb_kept.jpg", rgb, quality=95, keep_rgb=True)
decode("progressive.jpg", rgb, quality=80, progressive=True)
decode("grey.jpg", grey, quality=85)
decode("cmyk.jpg", rgb.convert("CMYK"), quality=90)
exif = Image.Exif()
exif[0x0112] = 6
decode("exif_rotated.jpg", rgb, quality=85, exif=exif)
decode("rgb.png", rgb)
decode("grey.png", grey)
decode("one_bit.png", rgb.convert("1"))
decode("palette.png", rgb.quantize(13))
decode("grey_alpha.png", Image.merge("LA", (grey, grey.rotate(180))))
decode("rgb_alpha.png", Image.merge("RGBA", (*rgb.split(), grey)))
decode("rgb.bmp", rgb)
decode("grey.bmp", grey)
decode("palette.gif", rgb.quantize(32))
gif = bytearray((out / "decode" / "palette.gif").read_bytes())
frame = gif.index(b"\x2c\0\0\0\0" + struct.pack("<HH", *rgb.size))
gif[6:10] = struct.pack("<HH", 40, 33)
gif[frame + 1:frame + 5] = struct.pack("<HH", 2, 3)
(out / "decode" / "small_frame.gif").write_bytes(gif)
write_rgb(out / "decode" / "small_frame.gif.rgb", Image.open(out / "decode" / "small_frame.gif"))
decode("lossless.webp", rgb, lossless=True)
decode("lossy.webp", rgb, quality=80)

source = Image.fromarray(picture(53, 41))
source.save(out / "resize" / "source.png")
for name in ("NEAREST", "BILINEAR", "BICUBIC", "LANCZOS"):
    for size in ((17, 13), (24, 41), (53, 10), (80, 61)):
        write_rgb(out / "resize" / f"{name}_{size[0]}x{size[1]}.rgb", source.resize(size, getattr(Image, name)))
for size, width, height in ((32, 28, 28), (33, 28, 28), (20, 28, 24), (30, 41, 29)):
    write_rgb(out / "crop" / f"{size}_{width}_{height}.rgb", torchvision_resize_and_crop(source, size, width, height))
for size, width, height in ((32, 28, 28), (33, 28, 28), (21, 28, 24), (30, 41, 29)):
    write_rgb(out / "crop_floor" / f"{size}_{width}_{height}.rgb", transformers_resize_and_crop(source, size, width, height))

deep = np.array(rgb).astype(np.uint16) * 257
deep[:5] //= 300
png("grey_16.png", deep[..., :1], 16, 0)
png("grey_alpha_16.png", deep[..., :2], 16, 4)
png("rgb_16.png", deep, 16, 2)
png("rgb_alpha_16.png", np.dstack((deep, deep[..., :1])), 16, 6)
png("grey_4.png", np.array(grey)[..., None] >> 4, 4, 0)
png("grey_2.png", np.array(grey)[..., None] >> 6, 2, 0)
decode("palette_alpha.png", rgb.quantize(13), transparency=3)
decode("exif_rotated.webp", rgb, lossless=True, exif=exif)
decode("cmyk_444.jpg", rgb.convert("CMYK"), quality=95, subsampling=0)
