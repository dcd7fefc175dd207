package example.shop.orders.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import example.shop.orders.model.Order;
import example.shop.orders.repository.OrderRepository;
import example.shop.orders.repository.OrderSearch;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderServiceTest {

    private final OrderSearch search = mock(OrderSearch.class);
    private final OrderService orders = new OrderService(mock(OrderRepository.class), search);

    @Test
    void findsTheOrdersOfACustomer() {
        Order order = new Order(1L, "ada", "open", "", BigDecimal.TEN);
        when(search.byCustomer("ada")).thenReturn(List.of(order));

        assertEquals(List.of(order), orders.ofCustomer("ada"));
    }

    @Test
    void knowsOnlyItsCarriers() {
        TrackingService tracking = new TrackingService("");

        assertTrue(tracking.track("tracking.elsewhere.example", 1).isEmpty());
    }
}
