package example.shop.orders.controller;

import example.shop.orders.model.Order;
import example.shop.orders.service.OrderService;
import example.shop.orders.service.TrackingService;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/orders")
public class OrderController {

    private final OrderService orders;
    private final TrackingService tracking;

    public OrderController(OrderService orders, TrackingService tracking) {
        this.orders = orders;
        this.tracking = tracking;
    }

    @GetMapping
    public List<Order> ofCustomer(@RequestParam("customer") String customer) {
        return orders.ofCustomer(customer);
    }

    @GetMapping("/status/{status}")
    public List<Order> withStatus(@PathVariable("status") String status) {
        return orders.withStatus(status);
    }

    @GetMapping("/{id}/tracking")
    public ResponseEntity<String> tracking(
            @PathVariable("id") long id, @RequestParam("carrier") String carrier) {
        return ResponseEntity.of(tracking.track(carrier, id));
    }
}
