using Guildhall.Platform;

namespace Guildhall.Tests.Platform;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("USD", 1250, "$12.50")]
    [InlineData("USD", 669_312, "$6,693")]
    [InlineData("USD", -669_312, "−$6,693")]
    [InlineData("BRL", 1250, "R$12.50")]
    [InlineData("CAD", 1250, "CAD 12.50")]
    [InlineData("JPY", 5000, "JPY 5,000")]
    [InlineData("KWD", 12_500, "KWD 12.500")]
    public void Writes_a_symbol_where_it_can_mean_only_one_currency_and_the_code_elsewhere(string code, long minorUnits, string written) =>
        Currency.Find(code)!.Format(minorUnits).ShouldBe(written);
}
