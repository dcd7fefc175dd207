package example.shop.orders.model;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;

@Entity
@Table(name = "orders")
public class Order {

    @Id
    private Long id;
    private String customer;
    private String status;
    private String note;
    private BigDecimal total;

    protected Order() {
    }

    public Order(Long id, String customer, String status, String note, BigDecimal total) {
        this.id = id;
        this.customer = customer;
        this.status = status;
        this.note = note;
        this.total = total;
    }

    public Long getId() {
        return id;
    }

    public String getCustomer() {
        return customer;
    }

    public String getStatus() {
        return status;
    }

    public String getNote() {
        return note;
    }

    public BigDecimal getTotal() {
        return total;
    }
}
