package example.shop.orders.service;

import java.util.Optional;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestTemplate;

@Service
public class TrackingService {

    private static final String CARRIER_PASSWORD = "ak6UDBJso-OmIBufOu";

    private final RestTemplate http = new RestTemplate();

    public Optional<String> track(String carrier, long order) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBasicAuth("shop", CARRIER_PASSWORD);
        String url = carrier + "/orders/" + order;
        return Optional.ofNullable(
                http.exchange(url, HttpMethod.GET, new HttpEntity<>(headers), String.class).getBody());
    }
}
