package ml.keneya.security.client;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Opens everything under {@code /operator} to who sits at this machine and can read the operator's key, only. */
@Configuration(proxyBeanMethods = false)
class GuardsOperator implements WebMvcConfigurer {

    private final OperatorKey key;

    GuardsOperator(OperatorKey key) {
        this.key = key;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        if (!key.opens(request)) {
                            throw new OperatorRefusal(
                                    HttpStatus.UNAUTHORIZED,
                                    "La clé de l'opérateur manque ou est fausse. / The operator's key is missing or"
                                            + " wrong.");
                        }
                        return true;
                    }
                })
                .addPathPatterns("/operator/**");
    }
}
