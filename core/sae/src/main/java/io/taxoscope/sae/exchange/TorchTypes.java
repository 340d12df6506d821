package io.taxoscope.sae.exchange;

import io.taxoscope.store.DType;
import java.util.Map;

/** PyTorch's storage classes by name. */
final class TorchTypes {
    private static final Map<String, DType> BY_STORAGE = Map.of(
            "FloatStorage", DType.F32,
            "DoubleStorage", DType.F64,
            "HalfStorage", DType.F16,
            "BFloat16Storage", DType.BF16,
            "LongStorage", DType.I64,
            "IntStorage", DType.I32,
            "ShortStorage", DType.I16,
            "CharStorage", DType.I8,
            "ByteStorage", DType.U8,
            "BoolStorage", DType.BOOL);

    private TorchTypes() {}

    static boolean isStorage(String name) {
        return BY_STORAGE.containsKey(name);
    }

    static DType of(String storage) {
        DType dtype = BY_STORAGE.get(storage);
        if (dtype == null) {
            throw new IllegalArgumentException("no storage of PyTorch: " + storage);
        }
        return dtype;
    }
}
