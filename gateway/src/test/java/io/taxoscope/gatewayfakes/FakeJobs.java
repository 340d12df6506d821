package io.taxoscope.gatewayfakes;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import io.taxoscope.api.JobView.JobError;
import io.taxoscope.api.JobView.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ResponseStatusException;

/** Jobs that advance by one step each time they are looked at. */
public final class FakeJobs<R> {
    private static final int STEPS = 2;

    private final String kind;
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentMap<String, Entry<R>> entries = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> keys = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();

    /** The next job of this kind fails; a retry of it succeeds. */
    public volatile boolean failNext;

    /** Jobs of this kind stay RUNNING. */
    public volatile boolean held;

    FakeJobs(String kind) {
        this.kind = kind;
    }

    private static final class Entry<R> {
        final R request;
        JobState state = JobState.QUEUED;
        int steps;
        int attempts;
        boolean fails;

        Entry(R request, boolean fails) {
            this.request = request;
            this.fails = fails;
        }
    }

    /** What was asked of this kind, in order: submit, again (a repeated key), cancel, retry, delete. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    public synchronized void clear() {
        entries.clear();
        keys.clear();
        calls.clear();
        failNext = false;
        held = false;
    }

    /** @param find what the service answers of the job */
    <V> ResponseEntity<V> submit(R request, @Nullable String key, Function<String, V> find) {
        return ResponseEntity.accepted().body(find.apply(submit(request, key)));
    }

    private synchronized String submit(R request, @Nullable String key) {
        String known = key == null ? null : keys.get(key);
        if (known != null) {
            if (!entry(known).request.equals(request)) {
                throw new ResponseStatusException(HttpStatus.CONFLICT, "key used for another request");
            }
            calls.add("again " + known);
            return known;
        }
        String id = kind + "-" + count.incrementAndGet();
        entries.put(id, new Entry<>(request, failNext));
        failNext = false;
        if (key != null) {
            keys.put(key, id);
        }
        calls.add("submit " + id);
        return id;
    }

    /** What was submitted, each once. */
    public List<R> requests() {
        return entries.values().stream().map(entry -> entry.request).toList();
    }

    R request(String id) {
        return entry(id).request;
    }

    synchronized boolean isDone(String id) {
        return entry(id).state == JobState.SUCCEEDED;
    }

    synchronized JobView look(String id) {
        Entry<R> entry = entry(id);
        if (entry.state == JobState.QUEUED) {
            entry.state = JobState.RUNNING;
            entry.attempts++;
        } else if (entry.state == JobState.RUNNING && !held && ++entry.steps >= STEPS) {
            entry.state = entry.fails ? JobState.FAILED : JobState.SUCCEEDED;
        }
        JobError error = entry.state == JobState.FAILED ? new JobError("FAKE_FAILURE", "as the test wished") : null;
        return new JobView(
                entry.state,
                new Progress(Math.min(entry.steps, STEPS), STEPS, "steps", null, null),
                entry.attempts,
                Instant.EPOCH,
                Instant.EPOCH,
                entry.state.isFinished() ? Instant.EPOCH : null,
                error);
    }

    <V> V cancel(String id, Function<String, V> find) {
        cancel(id);
        return find.apply(id);
    }

    private synchronized void cancel(String id) {
        Entry<R> entry = entry(id);
        if (entry.state == JobState.SUCCEEDED || entry.state == JobState.FAILED) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, id + " is " + entry.state);
        }
        entry.state = JobState.CANCELLED;
        calls.add("cancel " + id);
    }

    <V> ResponseEntity<V> retry(String id, Function<String, V> find) {
        retry(id);
        return ResponseEntity.accepted().body(find.apply(id));
    }

    private synchronized void retry(String id) {
        Entry<R> entry = entry(id);
        if (entry.state != JobState.FAILED && entry.state != JobState.CANCELLED) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, id + " is " + entry.state);
        }
        entry.state = JobState.QUEUED;
        entry.steps = 0;
        entry.fails = false;
        calls.add("retry " + id);
    }

    synchronized ResponseEntity<Void> delete(String id) {
        entry(id);
        entries.remove(id);
        keys.values().remove(id);
        calls.add("delete " + id);
        return ResponseEntity.noContent().build();
    }

    private Entry<R> entry(String id) {
        Entry<R> entry = entries.get(id);
        if (entry == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no " + kind + " " + id);
        }
        return entry;
    }
}
