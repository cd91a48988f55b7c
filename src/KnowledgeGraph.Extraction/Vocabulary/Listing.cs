using System.Globalization;

namespace KnowledgeGraph.Extraction.Vocabulary;

/// <summary>A stock market, from <c>markets.yaml</c>.</summary>
/// <param name="Id">Short name (HK).</param>
/// <param name="Currency">ISO 4217 currency of prices.</param>
/// <param name="Suffixes">What stands behind the dot of a ticker (O, N, US).</param>
/// <param name="Spaced">What stands behind the space (US, TT).</param>
/// <param name="Digits">Numeric codes are written with leading zeros up to this many digits, or without; 0 where they are not padded.</param>
public sealed record Market(string Id, string Currency, IReadOnlyList<string> Suffixes, IReadOnlyList<string> Spaced, int Digits);

/// <summary>One listing of a company, and the ways in which people write it: 0700.HK, 00700.HK, 700 HK; NVDA.O, NVDA US, NVDA.</summary>
public sealed record Listing
{
    /// <summary>As in the data: the code with its exchange (0700.HK).</summary>
    public required string Ticker { get; init; }

    public required Market Market { get; init; }

    /// <summary>The code alone (0700), then with every usual number of leading zeros.</summary>
    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>With a dot and an exchange: they mean this listing wherever they stand.</summary>
    public IEnumerable<string> Dotted => Codes.SelectMany(code => Market.Suffixes.Select(suffix => $"{code}.{suffix}")).Prepend(Ticker);

    /// <summary>With a space and an exchange (700 HK).</summary>
    public IEnumerable<string> Spaced => Codes.SelectMany(code => Market.Spaced.Select(suffix => $"{code} {suffix}"));

    /// <summary>The forms that a reader would give as another name: the ticker with each number of zeros, and a code of letters alone.</summary>
    public IEnumerable<string> Written
    {
        get
        {
            var suffix = Ticker[(Codes[0].Length + 1)..];
            var full = Codes.Select(code => $"{code}.{suffix}");
            return char.IsAsciiLetter(Codes[0][0]) ? full.Append(Codes[0]) : full;
        }
    }

    public static Listing From(string ticker, Market market)
    {
        var code = ticker[..ticker.LastIndexOf('.')];
        return new Listing { Ticker = ticker, Market = market, Codes = [.. Padded(code, market.Digits).Distinct()] };
    }

    public bool IsWrittenAs(string ticker) =>
        Dotted.Concat(Spaced).Concat(Codes).Contains(ticker, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Padded(string code, int digits)
    {
        yield return code;
        if (digits == 0 || !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            yield break;
        for (var width = digits - 1; width <= digits; width++)
            yield return number.ToString($"D{width}", CultureInfo.InvariantCulture);
        yield return number.ToString(CultureInfo.InvariantCulture);
    }
}
