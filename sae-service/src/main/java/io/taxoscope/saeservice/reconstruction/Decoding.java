package io.taxoscope.saeservice.reconstruction;

import io.taxoscope.sae.encoding.LatentEdits;
import io.taxoscope.sae.kernel.EncodingSession;
import io.taxoscope.store.Codes;
import io.taxoscope.store.CodesShard;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetWriter;
import io.taxoscope.support.jobs.JobContext;

/** One pass over codes, which writes what they decode to. */
final class Decoding {
    static final int BATCH = 1024;

    private final ShardSet set;
    private final EncodingSession session;
    private final LatentEdits edits;
    private final boolean keepError;
    private final JobContext context;
    private final io.taxoscope.sae.kernel.Codes codes = io.taxoscope.sae.kernel.Codes.ragged(BATCH);
    private final io.taxoscope.sae.kernel.Codes edited = io.taxoscope.sae.kernel.Codes.ragged(BATCH);
    private final float[] edited_bd;
    private final float[] xhat_bd;
    private final float[] x_bd;
    private int nChanged;

    Decoding(ShardSet set, EncodingSession session, LatentEdits edits, boolean keepError, JobContext context) {
        this.set = set;
        this.session = session;
        this.edits = edits;
        this.keepError = keepError;
        this.context = context;
        this.edited_bd = new float[BATCH * set.width()];
        this.xhat_bd = new float[BATCH * set.width()];
        this.x_bd = new float[BATCH * set.width()];
    }

    /**
     * Commits the shards that are not committed yet.
     *
     * @return examples that the edits change, over all shards
     */
    int decode(Codes stored, ShardSetWriter writer) {
        ShardRows target = new ShardRows(writer, set.width());
        stored.forEachShard(shard -> {
            for (int first = 0; first < shard.nExamples(); first += BATCH) {
                int n = Math.min(BATCH, shard.nExamples() - first);
                decode(shard, first, n);
                target.append(edited_bd, n);
                context.progress(shard.firstExample() + first + n, set.nRows(), "examples");
            }
        });
        return nChanged;
    }

    private void decode(CodesShard shard, int first, int n) {
        for (int row = 0; row < n; row++) {
            codes.clear(row);
            for (int at = shard.begin(first + row); at < shard.end(first + row); at++) {
                codes.add(row, shard.latent(at), shard.value(at));
            }
        }
        for (boolean changed : edits.apply(codes, n, edited)) {
            nChanged += changed ? 1 : 0;
        }
        session.decode(edited, n, edited_bd);
        if (keepError) {
            session.decode(codes, n, xhat_bd);
            set.rows(shard.firstExample() + first, n, x_bd);
            for (int at = 0; at < n * set.width(); at++) {
                edited_bd[at] += x_bd[at] - xhat_bd[at];
            }
        }
    }
}
