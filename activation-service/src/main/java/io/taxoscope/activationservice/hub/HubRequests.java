package io.taxoscope.activationservice.hub;

import io.taxoscope.activationservice.hub.HubClient.Answer;
import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the hub again as long as that may help, and says what is wrong when it does not. */
@Component
class HubRequests {
    private final HubProperties properties;
    private final Clock clock;

    HubRequests(HubProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** One request and what is done with its answer. */
    interface Attempt<T> {
        /** @return null to ask again at once, because something was gained */
        @Nullable T run() throws IOException;
    }

    /** Another try may help; {@code after} is how long the hub wants to be left alone, null when it does not say. */
    static final class TryLater extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        private final transient @Nullable Duration after;

        TryLater(String message, @Nullable Duration after) {
            super(message);
            this.after = after;
        }
    }

    /** Runs until there is a result; gives up after {@code taxoscope.hub.attempts} failures without a gain between them. */
    <T> T untilDone(String what, Attempt<T> attempt) {
        int failures = 0;
        while (true) {
            try {
                T result = attempt.run();
                if (result != null) {
                    return result;
                }
                failures = 0;
            } catch (IOException failure) {
                failures++;
                if (failures >= properties.attempts()) {
                    throw HubError.HUB_UNREACHABLE.because(
                            "gave up on %s after %d attempts: %s".formatted(what, failures, failure.getMessage()),
                            failure);
                }
                pause(what, pauseAfter(failure, failures));
            }
        }
    }

    private Duration pauseAfter(IOException failure, int failures) {
        Duration own = properties.pause().multipliedBy(1L << Math.min(failures - 1, 10));
        if (!(failure instanceof TryLater later) || later.after == null) {
            return own;
        }
        if (later.after.compareTo(properties.longestWait()) > 0) {
            throw HubError.HUB_UNREACHABLE.because(
                    "the hub wants to be asked again in %d s only (taxoscope.hub.longest-wait is %d s); try again then"
                            .formatted(
                                    later.after.toSeconds(),
                                    properties.longestWait().toSeconds()));
        }
        return later.after;
    }

    private static void pause(String what, Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw HubError.HUB_UNREACHABLE.because("stopped while waiting for " + what, stopped);
        }
    }

    /** Turns every status but 200 and 206 into what it means. */
    void requireOk(Answer answer, String what) throws IOException {
        int status = answer.status();
        if (status == 200 || status == 206) {
            return;
        }
        String reason = answer.header("X-Error-Message");
        String said = "%s: the hub answers %d%s".formatted(what, status, reason == null ? "" : " (" + reason + ")");
        if (status == 429 || status == 408 || status >= 500) {
            throw new TryLater(said, retryAfter(answer.header("Retry-After")));
        }
        throw refusal(status, said);
    }

    private static TaxoscopeException refusal(int status, String said) {
        return switch (status) {
            case 401 ->
                HubError.HUB_TOKEN_REFUSED.at(
                        "source.hf",
                        said + "; it does not exist, or is private: check the name, or give a token that may read it"
                                + " (header Hub-Token, or taxoscope.hub.token)");
            case 403 ->
                HubError.HUB_TOKEN_REFUSED.at(
                        "source.hf",
                        said + "; accept its terms on the hub, and give a token of the account that did"
                                + " (header Hub-Token, or taxoscope.hub.token)");
            case 404 -> HubError.HUB_NOT_FOUND.at("source.hf", said + "; check name, revision and file");
            default -> HubError.HUB_UNREACHABLE.because(said);
        };
    }

    /** Seconds, or a date of HTTP (RFC 9110, 10.2.3). */
    private @Nullable Duration retryAfter(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            return header.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(header))
                    : positive(Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant()));
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static Duration positive(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
