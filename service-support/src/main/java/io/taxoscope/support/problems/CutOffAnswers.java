package io.taxoscope.support.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Failures after an answer has begun. There is no room left for a problem, and ending the answer properly would make half
 * a file look whole; so the connection is broken off, and the client knows.
 */
class CutOffAnswers implements HandlerExceptionResolver, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(CutOffAnswers.class);

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            LOG.debug("the client of {} has gone", request.getRequestURI());
            return new ModelAndView();
        }
        if (response.isCommitted()) {
            LOG.error("the answer to {} is cut off", request.getRequestURI(), failure);
            throw new IllegalStateException("the answer to " + request.getRequestURI() + " is cut off", failure);
        }
        return null;
    }
}
