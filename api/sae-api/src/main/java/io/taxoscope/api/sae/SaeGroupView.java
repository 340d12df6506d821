package io.taxoscope.api.sae;

import io.taxoscope.api.JobView;
import java.util.List;

/**
 * SAEs that are trained side by side. Each is an SAE like any other, with its own state, curve, checkpoints and end.
 *
 * @param job of the group: SUCCEEDED once every SAE has ended, however it ended
 * @param saes in the order of the request, without curves; an SAE that was deleted is gone here too
 */
public record SaeGroupView(String id, JobView job, List<SaeView> saes) {}
