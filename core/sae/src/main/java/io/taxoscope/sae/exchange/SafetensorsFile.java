package io.taxoscope.sae.exchange;

import io.taxoscope.store.Safetensors;
import io.taxoscope.store.TensorInfo;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Tensors of a safetensors file, in any of its number types. */
final class SafetensorsFile implements TensorFile {
    private final Safetensors file;

    private SafetensorsFile(Safetensors file) {
        this.file = file;
    }

    static SafetensorsFile open(Path path) {
        return new SafetensorsFile(Safetensors.read(path));
    }

    @Override
    public Set<String> names() {
        return file.names();
    }

    @Override
    public DenseTensor tensor(String name) {
        TensorInfo info = file.info(name);
        float[] values = Numbers.floats(name, info.dtype(), file.segment(name), info.elements());
        return new DenseTensor(name, info.shape(), values);
    }

    @Override
    public Map<String, String> metadata() {
        return file.metadata();
    }

    @Override
    public void close() {
        file.close();
    }
}
