using Guildhall.Modules.People;

namespace Guildhall.Tests.People;

/// <summary>Which passwords an account may have.</summary>
public sealed class PasswordTests
{
    [Theory]
    [InlineData("password1234")]
    [InlineData("Passw0rd!2026")]
    [InlineData("P@$$word-P@$$word")]
    [InlineData("qwertyuiop12")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("aaabbbcccddd")]
    [InlineData("123456789012")]
    [InlineData("9876543210987")]
    [InlineData("abcdefghijkl")]
    [InlineData("kitkatkitkat")]
    [InlineData("abababababababab")]
    [InlineData("iloveyou2026")]
    [InlineData("Welcome-2026!")]
    [InlineData("Summer2026!!")]
    [InlineData("administrator")]
    [InlineData("guildhall2026")]
    [InlineData("mentor-mentee")]
    [InlineData("dana.whitfield")]
    [InlineData("Whitfield1985")]
    [InlineData("olivetreepottery")]
    [InlineData("correct horse battery staple")]
    public void Refuses_what_somebody_would_try_first(string password) =>
        Passwords.Problem(password, "Dana Whitfield", "dana.w@olivetreepottery.example").ShouldNotBeNull().ShouldStartWith("Enter a password that is harder to guess");

    [Theory]
    [InlineData("lantern orchard thimble")]
    [InlineData("five warm loaves of bread")]
    [InlineData("mypassword for the seventh oven")]
    [InlineData("Xk3vQ9zL2mTa")]
    [InlineData("83920184756301")]
    [InlineData("dana likes quiet gravel roads")]
    [InlineData("ключ от старого сада")]
    public void Takes_what_is_long_and_its_own(string password) =>
        Passwords.Problem(password, "Dana Whitfield", "dana.w@olivetreepottery.example").ShouldBeNull();

    [Fact]
    public void Asks_for_twelve_characters() =>
        Passwords.Problem("Xk3vQ9zL2mT").ShouldBe("Enter a password of at least 12 characters. Four or five words in a row work well.");
}
