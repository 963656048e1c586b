using MudBlazor;

namespace PaymentHsm.Portal.Components.Layout;

/// <summary>The design tokens as MudBlazor wants them; <c>wwwroot/css/tokens.css</c> holds the same values for everything else.</summary>
internal static class PortalTheme
{
    private static readonly string[] Sans =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = Fill(
            new PaletteLight(),
            accent: "#1a56c4", onAccent: "#ffffff", secondary: "#33486a", tertiary: "#6231a6", ok: "#1a6a3a", warning: "#855000", critical: "#b01f1a",
            info: "#0a6074", onStatus: "#ffffff", ink: "#12161d", ink2: "#3f4754", ink3: "#586170", bg: "#f5f6f8", surface: "#ffffff", surface2: "#eff1f4",
            line: "#dce0e6", lineStrong: "#7f8896"),
        PaletteDark = Fill(
            new PaletteDark(),
            accent: "#82aeff", onAccent: "#0b1526", secondary: "#a8bde0", tertiary: "#c6a8f7", ok: "#68c78d", warning: "#eeb04c", critical: "#ff8b83",
            info: "#63c6d9", onStatus: "#0d1015", ink: "#e9ecf1", ink2: "#b7beca", ink3: "#98a1b0", bg: "#0d1015", surface: "#151920", surface2: "#1c212a",
            line: "#2a313c", lineStrong: "#737d8d"),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "4px", AppbarHeight = "48px", DrawerWidthLeft = "208px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Sans, FontSize = "13px", LineHeight = "1.385", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Sans, FontSize = "13px", LineHeight = "1.385", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Sans, FontSize = "13px", LineHeight = "1.385", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Sans, FontSize = "16px", FontWeight = "600", LineHeight = "1.375", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Sans, FontSize = "13px", FontWeight = "500", LetterSpacing = "normal", TextTransform = "none" },
        },
    };

    private static T Fill<T>(
        T palette, string accent, string onAccent, string secondary, string tertiary, string ok, string warning, string critical, string info,
        string onStatus, string ink, string ink2, string ink3, string bg, string surface, string surface2, string line, string lineStrong)
        where T : Palette
    {
        (palette.Primary, palette.PrimaryContrastText) = (accent, onAccent);
        (palette.Secondary, palette.SecondaryContrastText) = (secondary, onStatus);
        (palette.Tertiary, palette.TertiaryContrastText) = (tertiary, onStatus);
        (palette.Success, palette.SuccessContrastText) = (ok, onStatus);
        (palette.Warning, palette.WarningContrastText) = (warning, onStatus);
        (palette.Error, palette.ErrorContrastText) = (critical, onStatus);
        (palette.Info, palette.InfoContrastText) = (info, onStatus);
        (palette.Dark, palette.DarkContrastText) = (ink, bg);
        (palette.Background, palette.BackgroundGray, palette.Surface) = (bg, surface2, surface);
        (palette.AppbarBackground, palette.AppbarText) = (surface, ink);
        (palette.DrawerBackground, palette.DrawerText, palette.DrawerIcon) = (surface, ink2, ink2);
        (palette.TextPrimary, palette.TextSecondary, palette.TextDisabled) = (ink, ink2, ink3);
        (palette.ActionDefault, palette.ActionDisabled, palette.ActionDisabledBackground) = (ink2, ink3, surface2);
        (palette.TableHover, palette.TableLines, palette.LinesDefault, palette.Divider) = (surface2, line, line, line);
        palette.LinesInputs = lineStrong;
        palette.RippleOpacity = 0;
        return palette;
    }
}
