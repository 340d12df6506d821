package io.taxoscope.sae.exchange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickle of a PyTorch state_dict and nothing else. A pickle is a program for a stack machine whose REDUCE calls
 * what GLOBAL names; here GLOBAL answers inert tokens for the few names that a state_dict needs, and REDUCE knows what
 * those mean. Every other name and opcode is refused, so nothing of the file is ever called. Work and memory are bounded
 * by the file's length: there is an end to opcodes, to the memo and to text, and nothing here walks what it has built.
 */
final class Unpickler {
    private static final int MAX_STEPS = 2_000_000;
    private static final int MAX_STACK = 100_000;
    private static final int MAX_MEMO = 500_000;

    private static final String ORDERED_DICT = "collections OrderedDict";
    private static final String REBUILD_TENSOR = "torch._utils _rebuild_tensor_v2";
    private static final String REBUILD_PARAMETER = "torch._utils _rebuild_parameter";

    private final PickleInput in;
    private final Deque<List<Object>> frames = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private List<Object> stack = new ArrayList<>();

    private Unpickler(byte[] pickle) {
        this.in = new PickleInput(pickle);
    }

    /** A name that GLOBAL gave; only those in the list above come to be. */
    private record Token(String name) {}

    /** None of Python. */
    enum None {
        NONE
    }

    /** Bytes beside the pickle: {@code key} names them, {@code type} is PyTorch's storage class. */
    record Storage(String type, String key, long elements) {}

    /** A view of a storage; sizes and strides in elements. */
    record TensorView(Storage storage, long offset, List<Long> sizes, List<Long> strides) {}

    /** A Python tuple, told apart from a list because only tuples are arguments. */
    record Tuple(List<Object> items) {}

    /**
     * What the pickle describes: maps, lists, {@link Tuple}s, text, {@code Long}, {@code Double}, {@code Boolean}, {@link
     * None} and {@link TensorView}s. It may contain itself; who walks it must count.
     *
     * @throws RefusedPickle with the reason and the place
     */
    static Object read(byte[] pickle) {
        return new Unpickler(pickle).run();
    }

    private Object run() {
        for (int step = 0; step < MAX_STEPS; step++) {
            if (in.isAtEnd()) {
                throw refused("ends without STOP");
            }
            int opcode = in.unsigned(1);
            if (opcode == '.') {
                return pop();
            }
            take(opcode);
            if (stack.size() > MAX_STACK || frames.size() > MAX_STACK || memo.size() > MAX_MEMO) {
                throw refused("keeps more than a state_dict has");
            }
        }
        throw refused("has more than " + MAX_STEPS + " steps");
    }

    private void take(int opcode) {
        switch (opcode) {
            case 0x80 -> requireProtocol(in.unsigned(1));
            case 0x95 -> in.longNumber(); // FRAME: a hint about buffering
            case '(' -> mark();
            case '}' -> push(new LinkedHashMap<Object, Object>());
            case ']' -> push(new ArrayList<Object>());
            case ')' -> push(new Tuple(List.of()));
            case 't' -> push(new Tuple(toMark()));
            case 0x85, 0x86, 0x87 -> push(new Tuple(last(opcode - 0x84)));
            case 'N' -> push(None.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'a', 'e', 's', 'u' -> fill(opcode);
            case 'c' -> push(token(in.line() + " " + in.line()));
            case 0x93 -> push(stackGlobal());
            case 'R' -> push(reduce(pop(), pop()));
            case 'b' -> build(pop());
            case 'Q' -> push(storage(pop()));
            default -> takeValue(opcode);
        }
    }

    private void takeValue(int opcode) {
        switch (opcode) {
            case 'K' -> push((long) in.unsigned(1));
            case 'M' -> push((long) in.unsigned(2));
            case 'J' -> push((long) in.number());
            case 0x8a -> push(in.bigNumber(in.unsigned(1)));
            case 'G' -> push(in.bigEndianDouble());
            case 'X' -> push(in.text(in.number()));
            case 0x8c -> push(in.text(in.unsigned(1)));
            case 0x8d -> push(in.text(in.longNumber()));
            case 'q' -> remember(in.unsigned(1));
            case 'r' -> remember(in.number());
            case 0x94 -> remember(memo.size());
            case 'h' -> push(recall(in.unsigned(1)));
            case 'j' -> push(recall(in.number()));
            default -> throw refused("has the opcode 0x%02x, which no state_dict needs".formatted(opcode));
        }
    }

    private void requireProtocol(int protocol) {
        if (protocol < 2 || protocol > 5) {
            throw refused("is of protocol " + protocol + ", not 2 to 5");
        }
    }

    private void mark() {
        frames.push(stack);
        stack = new ArrayList<>();
    }

    private List<Object> toMark() {
        List<Object> items = stack;
        List<Object> outer = frames.poll();
        if (outer == null) {
            throw refused("ends a group that it never began");
        }
        stack = outer;
        return items;
    }

    private List<Object> last(int count) {
        if (stack.size() < count) {
            throw refused("takes from an empty stack");
        }
        List<Object> tail = stack.subList(stack.size() - count, stack.size());
        List<Object> items = List.copyOf(tail);
        tail.clear();
        return items;
    }

    /** APPEND, APPENDS, SETITEM and SETITEMS. */
    private void fill(int opcode) {
        List<Object> items =
                switch (opcode) {
                    case 'a' -> last(1);
                    case 's' -> last(2);
                    default -> toMark();
                };
        Object target = top();
        boolean wantsMap = opcode == 's' || opcode == 'u';
        if (wantsMap && target instanceof Map<?, ?> map && items.size() % 2 == 0) {
            for (int i = 0; i < items.size(); i += 2) {
                put(map, items.get(i), items.get(i + 1));
            }
        } else if (!wantsMap && target instanceof List<?> list) {
            @SuppressWarnings("unchecked") // lists here are made by this class alone
            List<Object> all = (List<Object>) list;
            all.addAll(items);
        } else {
            throw refused("puts items into something that holds none");
        }
    }

    /** Keys are hashed, and the hash of a container that holds itself never ends: only plain keys are taken. */
    private void put(Map<?, ?> map, Object key, Object value) {
        if (!(key instanceof String || key instanceof Long)) {
            throw refused("has a dictionary key that is neither text nor number");
        }
        @SuppressWarnings("unchecked") // maps here are made by this class alone
        Map<Object, Object> all = (Map<Object, Object>) map;
        all.put(key, value);
    }

    private Token stackGlobal() {
        List<Object> names = last(2);
        if (names.get(0) instanceof String module && names.get(1) instanceof String name) {
            return token(module + " " + name);
        }
        throw refused("names a global by something that is no text");
    }

    private Token token(String name) {
        boolean isStorage = name.startsWith("torch ") && TorchTypes.isStorage(name.substring("torch ".length()));
        if (isStorage || name.equals(ORDERED_DICT) || name.equals(REBUILD_TENSOR) || name.equals(REBUILD_PARAMETER)) {
            return new Token(name);
        }
        throw refused("would call '%s'; only tensors in dictionaries are read".formatted(name.replace(' ', '.')));
    }

    private Object reduce(Object arguments, Object callable) {
        if (!(callable instanceof Token token) || !(arguments instanceof Tuple tuple)) {
            throw refused("calls something that is no function");
        }
        List<Object> items = tuple.items();
        return switch (token.name()) {
            case ORDERED_DICT -> orderedDict(items);
            case REBUILD_TENSOR -> tensor(items);
            case REBUILD_PARAMETER -> parameter(items);
            default -> throw refused("calls " + token.name());
        };
    }

    private Map<Object, Object> orderedDict(List<Object> items) {
        if (!items.isEmpty()) {
            throw refused("fills an OrderedDict in a way that torch.save does not");
        }
        return new LinkedHashMap<>();
    }

    private TensorView tensor(List<Object> items) {
        if (items.size() >= 4
                && items.get(0) instanceof Storage storage
                && items.get(1) instanceof Long offset
                && items.get(2) instanceof Tuple sizes
                && items.get(3) instanceof Tuple strides) {
            return new TensorView(storage, offset, longs(sizes), longs(strides));
        }
        throw refused("describes a tensor in a way that torch.save does not");
    }

    private TensorView parameter(List<Object> items) {
        if (!items.isEmpty() && items.getFirst() instanceof TensorView view) {
            return view;
        }
        throw refused("describes a parameter in a way that torch.save does not");
    }

    private List<Long> longs(Tuple tuple) {
        List<Long> values = new ArrayList<>();
        for (Object item : tuple.items()) {
            if (!(item instanceof Long value)) {
                throw refused("describes a shape by something that is no number");
            }
            values.add(value);
        }
        return values;
    }

    /** A module's state_dict carries the versions of its layers as an attribute, which say nothing about weights. */
    private void build(Object state) {
        if (!(top() instanceof Map) || !(state instanceof Map)) {
            throw refused("sets attributes of something that is no dictionary");
        }
    }

    private Storage storage(Object id) {
        if (id instanceof Tuple tuple
                && tuple.items().size() == 5
                && "storage".equals(tuple.items().get(0))
                && tuple.items().get(1) instanceof Token type
                && type.name().startsWith("torch ")
                && tuple.items().get(2) instanceof String key
                && tuple.items().get(4) instanceof Long elements) {
            return new Storage(type.name().substring("torch ".length()), key, elements);
        }
        throw refused("refers to something that is no storage");
    }

    private void remember(int index) {
        if (index < 0) {
            throw refused("remembers under a number below 0");
        }
        memo.put(index, top());
    }

    private Object recall(int index) {
        Object value = memo.get(index);
        if (value == null) {
            throw refused("recalls what it never remembered");
        }
        return value;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        if (stack.isEmpty()) {
            throw refused("takes from an empty stack");
        }
        return stack.getLast();
    }

    private Object pop() {
        Object value = top();
        stack.removeLast();
        return value;
    }

    private RefusedPickle refused(String reason) {
        return in.refused(reason);
    }

    /** Why a pickle is not read. */
    static final class RefusedPickle extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedPickle(String message) {
            super(message);
        }
    }
}
