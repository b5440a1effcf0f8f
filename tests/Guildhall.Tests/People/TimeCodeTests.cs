using System.Text;
using Guildhall.Modules.People;

namespace Guildhall.Tests.People;

/// <summary>The codes of authenticator apps, against the values that the standard prints.</summary>
public sealed class TimeCodeTests
{
    static readonly byte[] secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    // RFC 6238, appendix B, SHA-1: the last six of its eight digits.
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Makes_the_codes_of_the_standard(long seconds, string code) =>
        TimeCode.At(secret, TimeCode.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [Theory]
    [InlineData(-31, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void Takes_a_code_one_step_early_or_late_and_no_further(int secondsOff, bool isTaken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

        var step = TimeCode.StepOf(secret, TimeCode.At(secret, TimeCode.StepOf(now.AddSeconds(secondsOff))), now);

        step.ShouldBe(isTaken ? TimeCode.StepOf(now.AddSeconds(secondsOff)) : null);
    }

    [Fact]
    public void Writes_the_key_as_apps_read_it()
    {
        // RFC 4648, section 10.
        TimeCode.Typed(Encoding.ASCII.GetBytes("foobar")).ShouldBe("MZXW 6YTB OI");
        TimeCode.Typed(secret).ShouldBe("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        TimeCode.Address(secret, "Feira Azul", "ana@example.com")
            .ShouldBe("otpauth://totp/Feira%20Azul:ana%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Feira%20Azul");
    }
}
