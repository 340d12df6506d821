package io.taxoscope.api.sae;

import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What a training would take and meet, answered before it is started; nothing is kept. */
@HttpExchange("/api/v1/saes")
public interface SaePreflightApi {
    /**
     * Time, memory and disk of one or more trainings, in the order of the request. Takes some seconds: a few steps of each
     * are taken. What does not fit is answered too, with {@code fits: false} and without time; ordering it is refused.
     */
    @PostExchange("/quotes")
    SaeQuoteView quote(@Valid @RequestBody CreateSaeGroup request);

    /** What the activations say about a configuration: mean, effective rank, dead latents, and what to change. */
    @PostExchange("/advice")
    SaeAdviceView advise(@Valid @RequestBody CreateSae request);
}
