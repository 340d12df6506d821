package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.CreateSaeGroup;
import io.taxoscope.api.sae.SaeAdviceView;
import io.taxoscope.api.sae.SaePreflightApi;
import io.taxoscope.api.sae.SaeQuoteView;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SaePreflightController implements SaePreflightApi {
    private final Quotes quotes;
    private final Advice advice;

    SaePreflightController(Quotes quotes, Advice advice) {
        this.quotes = quotes;
        this.advice = advice;
    }

    @Override
    public SaeQuoteView quote(CreateSaeGroup request) {
        return quotes.quote(request);
    }

    @Override
    public SaeAdviceView advise(CreateSae request) {
        return advice.of(request);
    }
}
