package example.shop.orders.service;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.UriComponentsBuilder;

@Service
public class TrackingService {

    private static final Map<String, URI> CARRIERS = Map.of(
            "north", URI.create("https://tracking.north-carrier.example"),
            "south", URI.create("https://tracking.south-carrier.example"));

    private final RestTemplate http = new RestTemplate();
    private final String token;

    public TrackingService(@Value("${carrier-token}") String token) {
        this.token = token;
    }

    public Optional<String> track(String carrier, long order) {
        URI base = CARRIERS.get(carrier);
        if (base == null) {
            return Optional.empty();
        }
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(token);
        URI uri = UriComponentsBuilder.fromUri(base).path("/orders/{order}").build(order);
        return Optional.ofNullable(
                http.exchange(uri, HttpMethod.GET, new HttpEntity<>(headers), String.class).getBody());
    }
}
