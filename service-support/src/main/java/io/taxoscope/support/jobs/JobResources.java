package io.taxoscope.support.jobs;

import io.taxoscope.common.TaxoscopeException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Submits resources of one kind and answers how they stand.
 *
 * @param <R> what asks for one
 * @param <E> its row
 * @param <V> what the contract shows of it
 */
public abstract class JobResources<R, E extends JobResource<V>, V> {
    private final Kind<R, E> kind;
    private final JobResourceRepository<E> rows;
    private final Jobs jobs;
    private final TransactionTemplate transaction;

    protected JobResources(Kind<R, E> kind, JobResourceRepository<E> rows, Jobs jobs, TransactionTemplate transaction) {
        this.kind = kind;
        this.rows = rows;
        this.jobs = jobs;
        this.transaction = transaction;
    }

    /**
     * What distinguishes one kind of resource from another.
     *
     * @param job kind of the job behind it
     * @param path of the resources, such as {@code /api/v1/scorings}
     * @param check refuses a request that cannot work, before anything is written
     * @param make a new row
     * @param unknown the failure for an id that no row has
     */
    public record Kind<R, E>(
            String job,
            String path,
            Consumer<R> check,
            BiFunction<Job, R, E> make,
            Function<String, TaxoscopeException> unknown) {}

    /** 202 with Location; the same key and request answer the same resource. */
    public ResponseEntity<V> submit(R request, @Nullable String idempotencyKey) {
        var earlier = jobs.findSubmitted(kind.job(), idempotencyKey, request);
        if (earlier != null) {
            return accepted(earlier.id());
        }
        kind.check().accept(request);
        var submitted = jobs.submit(
                kind.job(),
                idempotencyKey,
                request,
                job -> rows.save(kind.make().apply(job, request)));
        return accepted(submitted.job().id());
    }

    /** Newest first. */
    public List<V> list() {
        return inTransaction(
                () -> rows.findAllNewestFirst().stream().map(JobResource::view).toList());
    }

    public V view(String id) {
        return with(id, JobResource::view);
    }

    public V cancel(String id) {
        requireKnown(id);
        jobs.cancel(id);
        return view(id);
    }

    public ResponseEntity<V> retry(String id) {
        requireKnown(id);
        jobs.retry(id);
        return accepted(id);
    }

    public ResponseEntity<Void> delete(String id) {
        with(id, resource -> {
            rows.delete(resource);
            jobs.delete(id);
            return id;
        });
        return ResponseEntity.noContent().build();
    }

    /** Reads from the row within a transaction; fails when there is none. */
    public <T> T with(String id, Function<E, T> use) {
        return inTransaction(() ->
                use.apply(rows.findById(id).orElseThrow(() -> kind.unknown().apply(id))));
    }

    private void requireKnown(String id) {
        with(id, JobResource::id);
    }

    private ResponseEntity<V> accepted(String id) {
        return ResponseEntity.accepted()
                .location(URI.create(kind.path() + "/" + id))
                .body(view(id));
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
