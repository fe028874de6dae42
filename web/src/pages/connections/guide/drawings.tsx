import type { ReactNode } from 'react';
import classes from './drawings.module.css';

// Where to look and what to press, drawn in our own lines: Keka's pages change, the way through them hardly does. The words
// beside each drawing say all of it, so the drawings are hidden from those who listen.

const width = 320;
const height = 132;

/** A window of a browser, with the company's address above. */
function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={classes.drawing} aria-hidden="true" focusable="false">
      <rect className={classes.paper} x="0.5" y="0.5" width={width - 1} height={height - 1} rx="5" />
      <path className={classes.bar} d={`M0.5 18V5.5a5 5 0 0 1 5-5h${width - 11}a5 5 0 0 1 5 5V18z`} />
      {[10, 18, 26].map((x) => (
        <circle key={x} className={classes.faint} cx={x} cy="9.5" r="2" />
      ))}
      <rect className={classes.paper} x="36" y="4.5" width="150" height="10" rx="5" />
      <text className={classes.small} x="43" y="12.2">
        company.keka.com
      </text>
      {children}
    </svg>
  );
}

/** Text that does not matter here. */
function Lines({
  x,
  y,
  widths,
  gap = 12,
}: {
  readonly x: number;
  readonly y: number;
  readonly widths: readonly number[];
  readonly gap?: number;
}) {
  return widths.map((length, index) => (
    <rect
      key={`${y} ${index}`}
      className={classes.faint}
      x={x}
      y={y + index * gap}
      width={length}
      height="4"
      rx="2"
    />
  ));
}

type BoxProps = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
  /** `here` is what to press or to look at. */
  readonly look?: 'here' | 'button' | 'plain';
};

function Box({ x, y, width: length, text, look = 'plain' }: BoxProps) {
  return (
    <>
      <rect className={classes[`box-${look}`]} x={x} y={y} width={length} height="18" rx="3" />
      <text className={classes[`text-${look}`]} x={x + 8} y={y + 12.5}>
        {text}
      </text>
    </>
  );
}

function Tick({ x, y, isTicked }: { readonly x: number; readonly y: number; readonly isTicked: boolean }) {
  return (
    <>
      <rect
        className={isTicked ? classes.ticked : classes.unticked}
        x={x}
        y={y}
        width="10"
        height="10"
        rx="2"
      />
      {isTicked ? (
        <path className={classes.tick} d={`m${x + 2} ${y + 5.2} 2.2 2.2L${x + 8} ${y + 3}`} />
      ) : null}
    </>
  );
}

function Gear({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g className={classes.stroke}>
      <circle cx={x} cy={y} r="4.5" />
      <circle cx={x} cy={y} r="1.6" />
      {[0, 45, 90, 135, 180, 225, 270, 315].map((turn) => (
        <path key={turn} d={`M${x} ${y - 4.5}v-2`} transform={`rotate(${turn} ${x} ${y})`} />
      ))}
    </g>
  );
}

function SignIn() {
  return (
    <Frame>
      <Lines x={16} y={34} widths={[90, 120, 70]} />
      <rect className={classes.faint} x="16" y="78" width="130" height="38" rx="3" />
      <circle className={classes['box-here']} cx="292" cy="34" r="8" />
      <circle className={classes.person} cx="292" cy="32" r="2.6" />
      <path className={classes.person} d="M287.4 38.6a4.8 4.8 0 0 1 9.2 0z" />
      <rect className={classes.raised} x="186" y="48" width="118" height="70" rx="4" />
      <Lines x={198} y={60} widths={[62]} />
      <Box x={194} y={70} width={102} text="Global Admin" look="here" />
      <Lines x={198} y={98} widths={[48, 70]} gap={10} />
    </Frame>
  );
}

function Settings() {
  const items = ['Organisation', 'Roles & Permissions', 'Integrations & Automation', 'Billing'];
  return (
    <Frame>
      <Gear x={16} y={32} />
      <text className={classes.heading} x="30" y="36">
        Global Admin Settings
      </text>
      {items.map((item, index) =>
        item.startsWith('Integrations') ? (
          <Box key={item} x={10} y={46 + index * 20} width={150} text={item} look="here" />
        ) : (
          <text key={item} className={classes.text} x="18" y={58.5 + index * 20}>
            {item}
          </text>
        ),
      )}
      <path className={classes.rule} d="M172 26v100" />
      <Lines x={188} y={46} widths={[100, 76, 112, 64, 90, 50]} />
    </Frame>
  );
}

function ApiAccess() {
  return (
    <Frame>
      <text className={classes.text} x="14" y="36">
        Webhooks
      </text>
      <Box x={72} y={24} width={74} text="API Access" look="here" />
      <text className={classes.text} x="158" y="36">
        Marketplace
      </text>
      <path className={classes.rule} d="M0 48h320" />
      <Box x={14} y={56} width={60} text="API Key" look="here" />
      <text className={classes.text} x="86" y="68.5">
        Documentation
      </text>
      <Lines x={18} y={88} widths={[70, 54]} gap={18} />
      <Lines x={130} y={88} widths={[90, 90]} gap={18} />
      <Lines x={262} y={88} widths={[36, 36]} gap={18} />
    </Frame>
  );
}

function Credentials() {
  const rows = [
    ['Client ID', 40],
    ['Client Secret', 74],
  ] as const;
  return (
    <Frame>
      {rows.map(([name, y]) => (
        <g key={name}>
          <text className={classes.text} x="16" y={y - 3}>
            {name}
          </text>
          <rect className={classes.field} x="16" y={y + 2} width="196" height="18" rx="3" />
          <text className={classes.dots} x="24" y={y + 15}>
            {name === 'Client ID' ? '4f6c1e02-77ab-…' : '••••••••••••••••'}
          </text>
          <rect className={classes.stroke} x="222" y={y + 6} width="8" height="9" rx="1.5" />
          <rect className={classes.stroke} x="225" y={y + 3.5} width="8" height="9" rx="1.5" />
        </g>
      ))}
      <Box x={16} y={106} width={66} text="Generate" look="button" />
    </Frame>
  );
}

function NewKey() {
  return (
    <Frame>
      <Lines x={14} y={34} widths={[60, 84, 44]} />
      <rect className={classes.raised} x="112" y="26" width="196" height="100" rx="4" />
      <text className={classes.heading} x="124" y="42">
        Create New Key
      </text>
      <rect className={classes.switch} x="124" y="50" width="18" height="10" rx="5" />
      <circle className={classes.knob} cx="129" cy="55" r="3.6" />
      <text className={classes.text} x="150" y="58.5">
        Set Expiry
      </text>
      <rect className={classes['box-here']} x="118" y="66" width="184" height="18" rx="3" />
      <Tick x={124} y={70} isTicked />
      <text className={classes['text-here']} x="142" y="78.5">
        Mark Attendance
      </text>
      <Tick x={124} y={90} isTicked />
      <text className={classes.text} x="142" y="98.5">
        Employee information
      </text>
      <Tick x={124} y={107} isTicked={false} />
      <Lines x={142} y={110} widths={[58]} />
    </Frame>
  );
}

function CopyKey() {
  const names = ['Client ID', 'Client Secret', 'API Key'];
  return (
    <Frame>
      {names.map((name, index) => (
        <Box
          key={name}
          x={16}
          y={32 + index * 30}
          width={96}
          text={name}
          look={name === 'API Key' ? 'here' : 'plain'}
        />
      ))}
      <path className={classes.arrow} d="M122 79h56m-7-6 7 6-7 6" />
      <rect className={classes.raised} x="192" y="28" width="114" height="96" rx="4" />
      <rect className={classes.hajiri} x="202" y="36" width="14" height="14" rx="3" />
      <path className={classes.logo} d="M206 43h6" />
      <text className={classes.heading} x="222" y="47">
        Hajiri
      </text>
      {[58, 80, 102].map((y) => (
        <g key={y}>
          <rect className={classes.field} x="202" y={y} width="94" height="16" rx="3" />
          <text className={classes.dots} x="208" y={y + 11.5}>
            ••••••••••
          </text>
        </g>
      ))}
    </Frame>
  );
}

export const drawings = [SignIn, Settings, ApiAccess, Credentials, NewKey, CopyKey] as const;
