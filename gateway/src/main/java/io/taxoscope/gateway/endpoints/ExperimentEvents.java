package io.taxoscope.gateway.endpoints;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.gateway.experiments.Experiments;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * Tells whoever listens how an experiment gets on. Events come from the database, not from memory, so that any gateway
 * can tell them, and a listener that comes back misses nothing that still matters: it gets the present state first.
 */
@RestController
class ExperimentEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentEvents.class);
    private static final Duration INTERVAL = Duration.ofMillis(400);
    private static final int ROUNDS_BETWEEN_SIGNS_OF_LIFE = 25;
    private static final long NO_TIMEOUT = 0;

    private final Experiments experiments;
    private final Set<SseEmitter> listeners = ConcurrentHashMap.newKeySet();

    ExperimentEvents(Experiments experiments) {
        this.experiments = experiments;
    }

    /**
     * One {@code experiment} event, an ExperimentView, for each change; ends after the one that says that the
     * experiment is finished. With {@code Last-Event-ID}, a state that is known already is not sent again.
     */
    @Operation(
            tags = "Experiment",
            operationId = "Experiment_events",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "Events whose data are an ExperimentView each",
                            content =
                                    @Content(
                                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                                            schema = @Schema(type = "string"))))
    @GetMapping(path = "/api/v1/experiments/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        ExperimentView now = experiments.find(id);
        var emitter = new SseEmitter(NO_TIMEOUT);
        listeners.add(emitter);
        emitter.onCompletion(() -> listeners.remove(emitter));
        emitter.onError(failure -> listeners.remove(emitter));
        Thread.ofVirtual().name("events-" + id).start(() -> tell(emitter, now, lastEventId));
        return emitter;
    }

    private void tell(SseEmitter emitter, ExperimentView first, @Nullable String lastEventId) {
        String told = lastEventId == null ? "" : lastEventId;
        ExperimentView view = first;
        try {
            for (int round = 1; listeners.contains(emitter); round++) {
                String version = Long.toString(view.version());
                if (!version.equals(told)) {
                    emitter.send(event(view, version));
                    told = version;
                } else if (round % ROUNDS_BETWEEN_SIGNS_OF_LIFE == 0) {
                    emitter.send(SseEmitter.event().comment("still " + view.state()));
                }
                if (view.state().isFinished()) {
                    break;
                }
                Thread.sleep(INTERVAL);
                view = experiments.find(view.id());
            }
            emitter.complete();
        } catch (IOException gone) {
            LOG.debug("a listener to experiment {} has gone", first.id());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.info("events of experiment {} end: {}", first.id(), failure.getMessage());
            emitter.complete();
        } finally {
            listeners.remove(emitter);
        }
    }

    private static SseEventBuilder event(ExperimentView view, String version) {
        return SseEmitter.event().name("experiment").id(version).data(view, MediaType.APPLICATION_JSON);
    }

    /** Open streams must not hold up a shutdown; listeners reconnect by themselves. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        listeners.forEach(SseEmitter::complete);
        listeners.clear();
    }
}
