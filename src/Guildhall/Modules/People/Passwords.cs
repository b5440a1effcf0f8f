using Microsoft.AspNetCore.Identity;

namespace Guildhall.Modules.People;

/// <summary>The password rule: long, and not what somebody would try first (NIST SP 800-63B, 5.1.1.2: length and a list, no composition).</summary>
static class Passwords
{
    public const int MinimumLength = 12;

    /// <summary>How many characters must be left once everything that is easy to guess is taken out.</summary>
    const int MinimumUnguessed = 8;

    /// <summary>Shorter pieces stand in too many words to say anything.</summary>
    const int ShortestPiece = 3;

    // The words behind the passwords that leak most often, and the words of this product's own field.
    static readonly string[] common =
    [
        "password", "passphrase", "passwort", "passcode", "contraseña", "motdepasse", "senha", "parola", "qwerty", "azerty", "letmein", "welcome", "bienvenue", "login", "signin", "admin", "administrator",
        "root", "guest", "default", "changeme", "secret", "private", "access", "master", "user", "username", "account", "temporary", "testing", "test", "hello", "iloveyou", "loveyou", "love", "lovely", "sweet",
        "monkey", "dragon", "tiger", "eagle", "horse", "kitty", "puppy", "butterfly", "sunshine", "rainbow", "flower", "summer", "autumn", "winter", "spring", "princess", "angel", "queen", "king", "prince",
        "shadow", "superman", "batman", "spiderman", "ironman", "pokemon", "naruto", "starwars", "matrix", "hunter", "ranger", "killer", "soccer", "football", "baseball", "basketball", "hockey", "golf",
        "liverpool", "chelsea", "arsenal", "barcelona", "realmadrid", "mustang", "ferrari", "porsche", "mercedes", "computer", "internet", "google", "facebook", "samsung", "apple", "windows", "freedom",
        "trustno", "whatever", "blessed", "jesus", "christ", "heaven", "cookie", "chocolate", "banana", "orange", "purple", "silver", "golden", "diamond", "lucky", "happy", "money", "dollar", "business",
        "michael", "jordan", "jennifer", "jessica", "ashley", "amanda", "nicole", "daniel", "andrew", "joshua", "matthew", "anthony", "charlie", "thomas", "robert", "george", "maggie", "pepper", "ginger",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
        "correct horse battery staple", "correcthorsebatterystaple", "guildhall", "guild", "mentor", "mentee", "mentoring", "seller", "marketplace", "market", "shop", "store", "manager", "program", "company", "office",
    ];

    static readonly string[] keyboardRows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0"];

    /// <summary>Identity's own rules: only the length. What is easy to guess depends on the person too, and is said by <see cref="Problem"/>.</summary>
    public static void Configure(PasswordOptions password)
    {
        password.RequiredLength = MinimumLength;
        password.RequireDigit = password.RequireLowercase = password.RequireUppercase = password.RequireNonAlphanumeric = false;
        password.RequiredUniqueChars = 1;
    }

    /// <summary>What to do about a password that is too short or easy to guess; null when it is neither.</summary>
    /// <param name="about">What anybody may know of the person: name, email address.</param>
    public static string? Problem(string password, params IEnumerable<string> about)
    {
        if (password.Length < MinimumLength) return $"Enter a password of at least {MinimumLength} characters. Four or five words in a row work well.";
        return Unguessed(password, about) < MinimumUnguessed
            ? "Enter a password that is harder to guess: this one is mostly common words, your own name or address, or a run such as 1234. Four or five words that have nothing to do with each other work well."
            : null;
    }

    static int Unguessed(string password, IEnumerable<string> about)
    {
        var typed = password.ToLowerInvariant();
        var guessed = new bool[typed.Length];
        var own = about.SelectMany(text => text.ToLowerInvariant().Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries)).Where(word => word.Length >= ShortestPiece);

        foreach (var word in common.Concat(own)) MarkWord(word);
        MarkRuns();
        MarkRepeats();
        return guessed.Count(isGuessed => !isGuessed);

        void MarkWord(string word)
        {
            for (var at = 0; at + word.Length <= typed.Length; at++)
            {
                if (word.Select((letter, i) => IsWrittenAs(letter, typed[at + i])).All(same => same)) Array.Fill(guessed, true, at, word.Length);
            }
        }

        // 1111, abcd, 9876, qwerty: each character follows from the one before.
        void MarkRuns()
        {
            foreach (Func<char, char, bool> follows in (Func<char, char, bool>[])[(a, b) => b == a, (a, b) => b == a + 1, (a, b) => b == a - 1, IsNextKey, (a, b) => IsNextKey(b, a)])
            {
                for (int from = 0, to = 1; to <= typed.Length; to++)
                {
                    if (to < typed.Length && follows(typed[to - 1], typed[to])) continue;
                    if (to - from >= ShortestPiece) Array.Fill(guessed, true, from, to - from);
                    from = to;
                }
            }
        }

        // In kitkatkitkat the second half adds nothing.
        void MarkRepeats()
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var at = 0; at + ShortestPiece <= typed.Length; at++)
            {
                if (!seen.Add(typed.Substring(at, ShortestPiece))) Array.Fill(guessed, true, at, ShortestPiece);
            }
        }
    }

    static bool IsNextKey(char one, char next) => keyboardRows.Any(row => row.IndexOf(one, StringComparison.Ordinal) is >= 0 and var at && at + 1 < row.Length && row[at + 1] == next);

    static bool IsWrittenAs(char letter, char typed) => letter == typed || (letter, typed) is
        ('a', '@' or '4') or ('e', '3') or ('i', '1' or '!') or ('l', '1') or ('o', '0') or ('s', '5' or '$') or ('t', '7');
}
