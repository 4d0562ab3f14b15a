module bench/quamina

go 1.21

require quamina.net/go/quamina v1.5.0
