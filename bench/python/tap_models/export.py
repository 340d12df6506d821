"""The ways in which a model becomes a graph."""
import logging
import pathlib

import numpy as np
import onnx
import torch

logging.disable(logging.WARNING)


def variants(case, pixels, out: pathlib.Path, name: str):
    """Writes every graph of a model and yields (variant, "ok" or why there is none)."""
    def plain():
        scripted = out / f"{name}.torchscript.onnx"
        return scripted if scripted.exists() else out / f"{name}.dynamo.onnx"

    ways = {
        "torchscript": lambda path: torchscript(case.model, pixels, path),
        "dynamo": lambda path: dynamo(case.model, pixels, path),
    }
    if case.fuse_as:
        ways["fused"] = lambda path: fused(plain(), path, case, half=False)
        ways["fp16"] = lambda path: fused(plain(), path, case, half=True)
    ways["functions"] = lambda path: functions(plain(), path)
    ways["qdq"] = lambda path: qdq(plain(), pixels, path)
    for variant, make in ways.items():
        path = out / f"{name}.{variant}.onnx"
        path.unlink(missing_ok=True)
        try:
            make(path)
            yield variant, "ok"
        except Exception as failure:  # an exporter's own limits are reported, not ours to mend
            yield variant, f"{type(failure).__name__}: {str(failure).splitlines()[0][:160] if str(failure) else ''}"


def torchscript(model, pixels, path):
    torch.onnx.export(model, (pixels,), str(path), dynamo=False, opset_version=17, input_names=["pixel_values"],
                      output_names=["output"], dynamic_axes={"pixel_values": {0: "batch"}, "output": {0: "batch"}})


def dynamo(model, pixels, path):
    batch = torch.export.Dim("batch", min=1, max=64)
    program = torch.onnx.export(model, (pixels,), dynamo=True, opset_version=18, input_names=["pixel_values"],
                                output_names=["output"], dynamic_shapes=({0: batch},), verbose=False)
    program.save(str(path), external_data=False)


def fused(plain, path, case, half):
    from onnxruntime.transformers import optimizer

    model = optimizer.optimize_model(str(plain), model_type=case.fuse_as, num_heads=case.heads, hidden_size=case.width,
                                     opt_level=1 if not half else 0)
    if half:
        model.convert_float_to_float16(keep_io_types=True)
    model.save_model_to_file(str(path))


def qdq(plain, pixels, path):
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    class Calibration(CalibrationDataReader):
        def __init__(self):
            rng = np.random.default_rng(3)
            self.batches = iter([{"pixel_values": pixels.numpy()}] + [
                {"pixel_values": rng.standard_normal(pixels.shape).astype(np.float32)} for _ in range(4)])

        def get_next(self):
            return next(self.batches, None)

    prepared = path.with_suffix(".prepared")
    quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True, skip_optimization=True)
    quantize_static(str(prepared), str(path), Calibration(), quant_format=QuantFormat.QDQ, per_channel=True,
                    activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8)
    prepared.unlink()


def functions(plain, path, size=17):
    """Every run of nodes becomes a local function; their axes become attributes of the call."""
    model = onnx.load(plain)
    nodes = list(model.graph.node)
    outputs = {value.name for value in model.graph.output}
    calls = []
    for at in range(0, len(nodes), size):
        run, later = nodes[at:at + size], nodes[at + size:]
        made = [name for node in run for name in node.output if name]
        read = list(dict.fromkeys(name for node in run for name in node.input if name and name not in made))
        kept = [name for name in made if name in outputs or any(name in node.input for node in later)]
        body, attributes = [], {}
        for number, node in enumerate(run):
            inner = onnx.NodeProto()
            inner.CopyFrom(node)
            for attribute in inner.attribute:
                if attribute.name == "axis":
                    attributes[f"axis_{number}"] = attribute.i
                    attribute.ref_attr_name = f"axis_{number}"
                    attribute.ClearField("i")
            body.append(inner)
        name = f"Part{at // size}"
        model.functions.append(onnx.helper.make_function(
            "taxoscope.test", name, read, kept, body, list(model.opset_import), list(attributes)))
        calls.append(onnx.helper.make_node(name, read, kept, name=name.lower(), domain="taxoscope.test", **attributes))
    del model.graph.node[:]
    model.graph.node.extend(calls)
    model.opset_import.append(onnx.helper.make_opsetid("taxoscope.test", 1))
    onnx.checker.check_model(model)
    onnx.save(model, path)
