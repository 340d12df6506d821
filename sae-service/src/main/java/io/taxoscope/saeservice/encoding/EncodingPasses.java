package io.taxoscope.saeservice.encoding;

import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.linearalgebra.VarianceSum;
import io.taxoscope.sae.encoding.PeerMetrics;
import io.taxoscope.sae.encoding.ReconstructionMetrics;
import io.taxoscope.sae.encoding.TopExamples;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.EncodingSession;
import io.taxoscope.saeservice.training.TrainedSae;
import io.taxoscope.store.CodesShard;
import io.taxoscope.store.CodesWriter;
import io.taxoscope.store.ShardSet;
import io.taxoscope.support.jobs.JobContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The two passes of an encoding over its activations. */
final class EncodingPasses {
    /** Examples that go through the kernel together. */
    static final int BATCH = 2048;

    static final int EXAMPLES_PER_SHARD = 16_384;
    /** Most codes of one shard. */
    static final int MAX_CODES = 1 << 26;

    private static final String UNIT = "examples";

    private final ShardSet set;
    private final EncodingSession session;
    private final JobContext context;
    private final Codes batch;
    private final float[] x_bd;
    private final float[] xhat_bd;
    private final ReconstructionMetrics metrics;
    private final TopExamples top;
    private @Nullable PeerMetrics peers;

    EncodingPasses(ShardSet set, EncodingSession session, TrainedSae sae, int topExamples, JobContext context) {
        this.set = set;
        this.session = session;
        this.context = context;
        this.batch = Codes.of(sae.activation(), BATCH);
        this.x_bd = new float[BATCH * set.width()];
        this.xhat_bd = new float[BATCH * set.width()];
        this.metrics = new ReconstructionMetrics(set.width(), sae.shape().latents());
        this.top = new TopExamples(sae.shape().latents(), topExamples);
    }

    /** Commits the shards that are not committed yet. */
    void encode(CodesWriter writer) {
        for (int shard = 0; shard < writer.nShards(); shard++) {
            if (!writer.isCommitted(shard)) {
                encodeShard(writer, shard);
            }
            progress(writer.firstExample(shard) + writer.examplesIn(shard));
        }
    }

    /** Decodes the sealed codes and collects the report and the top examples. */
    void measure(io.taxoscope.store.Codes codes) {
        PeerMetrics others = new PeerMetrics(mean_d(), codes.nLatents());
        peers = others;
        codes.forEachShard(shard -> {
            for (int first = 0; first < shard.nExamples(); first += BATCH) {
                int n = Math.min(BATCH, shard.nExamples() - first);
                set.rows(shard.firstExample() + first, n, x_bd);
                load(shard, first, n);
                session.decode(batch, n, xhat_bd);
                metrics.add(x_bd, xhat_bd, batch, n);
                others.add(x_bd, xhat_bd, batch, n);
                progress(set.nRows() + shard.firstExample() + first + n);
            }
        });
    }

    long[] active_s() {
        return metrics.active_s();
    }

    TopExamples top() {
        return top;
    }

    EncodingView.Report report() {
        return EncodingReports.of(
                set.width(),
                metrics.report(),
                Objects.requireNonNull(peers, "measure first").report());
    }

    /** Some definitions divide example by example by the distance from the mean, so it must be known before. */
    private double[] mean_d() {
        var sum = new VarianceSum(set.width());
        for (int first = 0; first < set.nRows(); first += BATCH) {
            int n = Math.min(BATCH, set.nRows() - first);
            set.rows(first, n, x_bd);
            sum.add(x_bd, n);
            context.checkStopped();
        }
        return sum.mean_d();
    }

    private void encodeShard(CodesWriter writer, int shard) {
        CsrBuffer rows = new CsrBuffer(writer.examplesIn(shard));
        for (int done = 0; done < writer.examplesIn(shard); done += BATCH) {
            int first = writer.firstExample(shard) + done;
            int n = Math.min(BATCH, writer.examplesIn(shard) - done);
            set.rows(first, n, x_bd);
            session.encode(x_bd, n, batch);
            rows.append(batch, n);
            progress(first + n);
        }
        writer.commit(shard, rows.indptr(), rows.indices(), rows.values());
    }

    private void load(CodesShard shard, int first, int n) {
        for (int row = 0; row < n; row++) {
            batch.clear(row);
            for (int at = shard.begin(first + row); at < shard.end(first + row); at++) {
                batch.add(row, shard.latent(at), shard.value(at));
                top.offer(shard.latent(at), shard.firstExample() + first + row, shard.value(at));
            }
        }
    }

    /** Each example counts twice, once for each pass. */
    private void progress(int done) {
        context.progress(done, 2L * set.nRows(), UNIT);
    }
}
