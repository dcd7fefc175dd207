resource "azurerm_role_assignment" "app" {
  scope                = "/subscriptions/0"
  role_definition_name = "Owner"
  principal_id         = "0"
}
