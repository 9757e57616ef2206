### Lo que abarca varias líneas: mínimos, descuentos, índices, pagos anticipados.

heading-minimums = Mínimos y compromisos
heading-discounts = Descuentos y bonificaciones
heading-indexes = Cómo cambian los precios con el tiempo
heading-prepaid = Lo que se paga antes de usarse

minimum-month = Por { $charges } el comprador paga al menos { $amount } al mes (minimum), contados después de los descuentos.
minimum-quarter = Por { $charges } el comprador paga al menos { $amount } por trimestre del contrato (minimum), contados después de los descuentos.
minimum-year = Por { $charges } el comprador paga al menos { $amount } por año del contrato (minimum), contados después de los descuentos.
minimum-term = Por { $charges } el comprador paga al menos { $amount } en toda la vigencia (minimum), contados después de los descuentos.
minimum-shortfall = Lo que falte para llegar a él (shortfall) es una línea aparte.
minimum-by-day = En un mes que solo está en parte dentro de la vigencia, el mínimo es lo que corresponde a sus días (prorated).
minimum-whole = En un mes que solo está en parte dentro de la vigencia, el mínimo es el importe entero.
minimum-waived = No se exige (waived) en un mes con { $condition }.
commitment-month = Cada mes el comprador se compromete { $kind ->
    [share] al
   *[number] a
} { $volume } en { $charges } (take or pay).
commitment-quarter = Cada trimestre del contrato el comprador se compromete { $kind ->
    [share] al
   *[number] a
} { $volume } en { $charges } (take or pay).
commitment-year = Cada año del contrato el comprador se compromete { $kind ->
    [share] al
   *[number] a
} { $volume } en { $charges } (take or pay).
commitment-term = En toda la vigencia el comprador se compromete { $kind ->
    [share] al
   *[number] a
} { $volume } en { $charges } (take or pay).
commitment-shortfall = Lo que falte (shortfall) se paga igualmente, a { $price }.
commitment-by-day = En un mes que solo está en parte dentro de la vigencia, es lo que corresponde a sus días (prorated).
commitment-whole = En un mes que solo está en parte dentro de la vigencia, es el volumen entero.
commitment-beyond = Por cada unidad por encima { $kind ->
    [share] del
   *[number] de
} { $volume } se añade un { $share } de lo que estas unidades cuestan en promedio.
settled-month = Se liquida cada mes.
settled-quarter = Se liquida en el último mes de cada trimestre del contrato.
settled-year = Se liquida en el último mes de cada año del contrato.
settled-term = Se liquida en el último mes del contrato.
example-minimum = Por ejemplo, si eso suma { $reached } { $in }, el comprador paga { $missing } más.
example-commitment = Por ejemplo, con { $volume } { $in }, el comprador paga { $amount } más.
example-commitment-of-forecast = Por ejemplo, con un pronóstico de { $forecast } y un volumen de { $volume } { $in }, el comprador paga { $amount } más.

discount-share = De { $charges } se descuenta el { $share }.
discount-amount = De { $charges } se descuentan { $amount } al mes, pero nunca más de lo facturado.
rebate-month = El total de { $charges } en un mes decide qué parte de él se devuelve (rebate):
rebate-quarter = El total de { $charges } en un trimestre del contrato decide qué parte de él se devuelve (rebate):
rebate-year = El total de { $charges } en un año del contrato decide qué parte de él se devuelve (rebate):
rebate-term = El total de { $charges } en toda la vigencia decide qué parte de él se devuelve (rebate):
rebate-band = a partir de { $from }: { $share }
rebate-retroactive = El porcentaje alcanzado vale para todo, también para lo pagado antes; se descuenta lo que ya se haya devuelto.
discount-from-until = Vale del { $from } al { $until }, ambos días incluidos.
discount-from = Vale a partir del { $from }.
discount-until = Vale hasta el { $until }, ese día incluido.
discount-part = En un mes que solo está en parte dentro de ese plazo, se descuenta lo que corresponde a sus días (prorated).
example-discount = Por ejemplo, de { $base } { $in } se descuentan { $amount }.

index-of = Actualización de precios (indexation) según { $series }
index-fixed = Actualización de precios (indexation) en un porcentaje fijo
index-series = { $every }, contado desde el primer día del contrato, los precios de { $charges } siguen el índice { $series }: se mueven tanto como el índice desde el paso anterior, la primera vez desde el { $base }.
index-share = { $every }, contado desde el primer día del contrato, los precios de { $charges } suben un { $share }.
every-year = Cada año
every-months = Cada { $months }
index-at-most = Un paso los sube como máximo un { $share }.
index-uncapped = No se fija ningún límite a cuánto los sube un paso.
index-at-least = Un paso los sube como mínimo un { $share }.
index-down-at-most = Un paso los baja como máximo un { $share }.
index-from = Un precio nuevo rige desde el primer mes que empieza el día del paso o después.
example-index-series = Por ejemplo, si { $series } sube un { $rise } hasta el primer paso, un mes de { $charge } que antes costaba { $before } cuesta { $after } desde { $month }.
example-index-share = Por ejemplo, un mes de { $charge } que antes del primer paso cuesta { $before } cuesta { $after } desde { $month }.

prepaid-once = El comprador paga { $amount } por anticipado, el { $date } (prepaid).
prepaid-monthly = El comprador paga { $amount } por anticipado cada mes (prepaid).
prepaid-drawn = Lo facturado por { $charges } se descuenta de ese saldo mientras alcance; solo se paga lo que exceda.
prepaid-expires = Lo que quede de un pago se pierde al cabo de { $months }.
prepaid-stays = Lo que quede no se pierde.
example-prepaid = Por ejemplo, si eso suma { $base } en un mes, se descuentan { $drawn } del saldo.
