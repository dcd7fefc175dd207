package example.shop.orders.controller;

import example.shop.orders.service.OrderService;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
public class OrderPageController {

    private final OrderService orders;

    public OrderPageController(OrderService orders) {
        this.orders = orders;
    }

    @GetMapping("/")
    public String page(
            @RequestParam("customer") String customer,
            @RequestParam(name = "title", defaultValue = "Orders") String title,
            Model model) {
        model.addAttribute("title", title);
        model.addAttribute("orders", orders.ofCustomer(customer));
        return "orders";
    }
}
